"""Chains of areas for improvement: what was raised before, how often, and what inspectors have closed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import chain, chain_deeds
from db.catalogue import fact_id
from db.chain import Chains, Link, ordinal
from db.chain_history import Form, history
from db.dates import PartialDate
from db.edit import Edit
from db.improvement_records import Verdict
from db.lists import Lists
from db.records import AreaForImprovement, Inspection, Quote, Record, RecordType, new_id
from db.store import Store
from tests.db.records_from_the_field import DURHAM_2022, FAMILY, MISSING_CHILDREN

FOSTERING, DISABLED = (fact_id(RecordType.THEME, code) for code in ("private_fostering", "disabled_children"))
STATEMENTS = 3  # themes, verdicts, days


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Store]:
    opened = Store.open(sample_file, is_read_only=True)
    yield opened
    opened.close()


def visit(year: int | None) -> Inspection:
    on = PartialDate(year, 5) if year else None
    return replace(DURHAM_2022, id=new_id(), started_on=on, ended_on=None, published_on=None)


def area(inspection: Inspection, *themes: str) -> AreaForImprovement:
    return replace(
        MISSING_CHILDREN, id=new_id(), inspection_id=inspection.id, document_id=None, position=1, theme_ids=themes
    )


def said(of: AreaForImprovement, by: Inspection, verdict: str, again: AreaForImprovement | None = None) -> Verdict:
    later_area_id = again.id if again else None
    return Verdict(
        id=new_id(), area_for_improvement_id=of.id, inspection_id=by.id, verdict=verdict, later_area_id=later_area_id
    )


def filled(store: Store, *records: Record) -> Chains:
    store.apply(Edit(after=(*FAMILY, *records)))
    return Chains.read(store)


def by_words(store: Store, words: str) -> AreaForImprovement:
    (found,) = (one for one in store.each(AreaForImprovement) if one.text.startswith(words))
    return found


def test_an_area_counts_the_inspections_that_raised_it_along_its_chain(store):
    visits = [visit(2013), visit(2016), visit(2019), visit(2022)]
    areas = [area(one) for one in visits]
    links = [said(areas[at], visits[at + 1], "raised_again", areas[at + 1]) for at in range(3)]
    chains = filled(store, *visits, *areas, *links)
    assert [chains.seen_before(one.id) for one in areas] == [
        "",
        "2nd time since 2013",
        "3rd time since 2013",
        "4th time since 2013",
    ]
    assert chains.raised_before == {one.id for one in areas[1:]}
    assert chains.after(areas[0].id) == {one.id for one in areas[1:]}


def test_a_diamond_is_counted_once_for_each_inspection_and_a_ring_ends(store):
    first, middle, last = visit(2016), visit(2019), visit(2022)
    top, left, right, bottom = area(first), area(middle), area(middle), area(last)
    diamond = [
        said(top, middle, "raised_again", left),
        said(top, middle, "raised_again", right),
        said(left, last, "raised_again", bottom),
        said(right, last, "raised_again", bottom),
    ]
    ring = said(bottom, first, "raised_again", top)
    chains = filled(store, first, middle, last, top, left, right, bottom, *diamond, ring)
    assert chains.seen_before(bottom.id) == "3rd time since 2016"
    assert chains.before(bottom.id) == {left.id, right.id, top.id}
    assert not chains.is_closed(top.id)


def test_an_area_of_several_matters_does_not_join_chains_that_share_no_theme(store):
    visits = [visit(2016), visit(2019), visit(2022)]
    several = (FOSTERING, DISABLED)
    areas = [area(visits[0], FOSTERING), area(visits[1], *several), area(visits[2], DISABLED)]
    links = [said(areas[at], visits[at + 1], "raised_again", areas[at + 1]) for at in range(2)]
    chains = filled(store, *visits, *areas, *links)
    assert chains.seen_before(areas[2].id) == "2nd time since 2019"
    assert chains.after(areas[0].id) == {areas[1].id}


def test_without_themes_the_same_chain_goes_all_the_way(store):
    """The negative control: it is the themes that part the two matters."""
    visits = [visit(2016), visit(2019), visit(2022)]
    areas = [area(one) for one in visits]
    links = [said(areas[at], visits[at + 1], "raised_again", areas[at + 1]) for at in range(2)]
    assert filled(store, *visits, *areas, *links).seen_before(areas[2].id) == "3rd time since 2016"


def test_what_a_report_says_again_in_its_text_counts_up_to_the_area_and_not_after_it(store):
    first, between, own, after = visit(2016), visit(2018), visit(2022), visit(2025)
    old, new = area(first), area(own)
    verdicts = [
        said(old, between, "raised_again"),
        said(old, own, "raised_again", new),
        said(old, after, "raised_again"),
        said(old, between, "improved"),
    ]
    chains = filled(store, first, between, own, after, old, new, *verdicts)
    assert chains.seen_before(new.id) == "3rd time since 2016"


@pytest.mark.parametrize(
    ("verdicts", "is_closed"),
    [
        ((), False),
        (("closed",), True),
        (("improved", "closed"), True),
        (("closed", "raised_again"), False),
        (("not_mentioned",), False),
    ],
)
def test_the_newest_verdict_decides_whether_an_area_is_closed(store, verdicts, is_closed):
    first, later = visit(2016), [visit(2019), visit(2022)]
    of = area(first)
    chains = filled(store, first, *later, of, *(said(of, by, one) for by, one in zip(later, verdicts, strict=False)))
    assert chains.is_closed(of.id) is is_closed


def test_what_was_raised_again_is_closed_where_the_later_area_is(store):
    first, again, last = visit(2016), visit(2019), visit(2022)
    of, later = area(first), area(again)
    chains = filled(
        store, first, again, last, of, later, said(of, again, "raised_again", later), said(later, last, "closed")
    )
    assert chains.is_closed(of.id)


def test_two_verdicts_of_one_inspection_close_an_area_only_together(store):
    first, last = visit(2016), visit(2022)
    of = area(first)
    chains = filled(store, first, last, of, said(of, last, "closed"), said(of, last, "raised_again"))
    assert not chains.is_closed(of.id)


AREAS = st.integers(0, 7).map(lambda number: f"area {number}")
LINKS = st.lists(
    st.tuples(AREAS, AREAS.map(lambda key: f"visit to {key}"), st.sampled_from(["raised_again", "closed"]), AREAS),
    max_size=16,
)


@settings(max_examples=60, deadline=None)
@given(LINKS)
def test_any_links_even_in_rings_end_and_go_as_far_as_they_lead(links):
    made = [Link(*link) for link in links if link[0] != link[3]]
    inspections = {f"area {number}": f"visit to area {number}" for number in range(8)}
    chains = Chains._of(made, inspections, {}, {})
    for start in inspections:
        reached: set[str] = set()
        while more := {link.area_id for link in made if link.later_area_id in {start, *reached}} - {start, *reached}:
            reached |= more
        assert chains.before(start) == reached
        assert start not in chains.after(start)
        assert isinstance(chains.is_closed(start), bool)
        is_counted = bool(chains.seen_before(start))
        assert is_counted is (start in chains.raised_before) is bool(reached)


def test_an_inspection_without_a_date_is_counted_and_no_year_is_invented(store):
    first, last = visit(None), visit(None)
    old, new = area(first), area(last)
    assert filled(store, first, last, old, new, said(old, last, "raised_again", new)).seen_before(new.id) == "2nd time"


def test_saves_that_wait_count_as_written(store):
    first, last = visit(2016), visit(2022)
    old, new = area(first), area(last)
    assert filled(store, first, last, old, new).seen_before(new.id) == ""
    store.waiting = (Edit(after=(said(old, last, "raised_again", new),)),)
    assert Chains.read(store).seen_before(new.id) == "2nd time since 2016"


def test_a_file_is_read_the_same_with_and_without_what_waits(sample, monkeypatch):
    read = Chains.read(sample)
    monkeypatch.setattr(sample, "waiting", (Edit(),))
    again = Chains.read(sample)
    assert again.raised_before == read.raised_before
    for key in read.raised_before:
        assert again.seen_before(key) == read.seen_before(key)


def test_chains_are_read_in_three_statements_however_many_areas_there_are(sample):
    asked: list[str] = []
    sample.connection.raw.set_trace_callback(asked.append)
    try:
        chains = Chains.read(sample)
        for one in chains.raised_before:
            chains.seen_before(one)
    finally:
        sample.connection.raw.set_trace_callback(None)
    assert len(asked) == STATEMENTS


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("The response to children who go missing", "2nd time since 2016"),
        ("Sufficiency of short-break placements", "2nd time since 2019"),
        ("Pathway assessments and planning", "3rd time since 2016"),
        ("The response to disabled children", "2nd time since 2016"),
        ("The quality of children’s plans", "2nd time since 2016"),
        ("The timeliness of foster carers’ reviews", ""),
    ],
)
def test_the_sample_says_what_was_seen_before(sample, words, seen):
    assert Chains.read(sample).seen_before(by_words(sample, words).id) == seen


def test_the_sample_closes_connected_carers_and_nothing_that_its_reports_leave_open(sample):
    chains = Chains.read(sample)
    closed = {one.text[:34] for one in sample.each(AreaForImprovement) if chains.is_closed(one.id)}
    assert closed == {"the area of priority action in rel", "a small number of children living "}


def lines(store: Store, words: str) -> list[tuple[str, str]]:
    found = history(store, Lists.read(store), by_words(store, words), Chains.read(store))
    return [(line.name, line.badge) for line in found]


def test_the_history_goes_inspection_by_inspection(sample):
    assert lines(sample, "Sufficiency of short-break placements") == [
        ("ILACS 2019", "Raised"),
        ("ILACS 2022", "Raised again"),
        ("ILACS short 2025", "No verdict recorded"),
    ]
    assert lines(sample, "Improve private fostering") == [
        ("SIF 2016", "Raised"),
        ("JTAI 2018", "No verdict recorded"),
        ("ILACS focused visit 2019", "No verdict recorded"),
        ("ILACS 2019", "Raised again"),
        ("ILACS focused visit 2021", "No verdict recorded"),
        ("ILACS 2022", "Improved"),
        ("ILACS 2022", "Improved"),
        ("ILACS short 2025", "No verdict recorded"),
    ]


def test_a_line_has_its_sentence_its_place_and_the_area_that_it_is_on(sample):
    shown = by_words(sample, "The response to children who go missing")
    found = history(sample, Lists.read(sample), shown, Chains.read(sample))
    better = next(line for line in found if line.badge == "Improved")
    assert better.words.startswith("The strength of the local authority’s and partners’ response to missing children")
    assert better.place == "page 5, paragraph 14"
    assert better.about is not None and better.about.text.startswith("Improve how information from return home")
    assert [line.form for line in found].count(Form.RAISED) == 1


def test_each_deed_changes_one_verdict(sample):
    old, new = by_words(sample, "Improve case file auditing"), by_words(sample, "The quality and impact of management")
    label, edit = chain_deeds.repeat(old, new, sample.each(Verdict, area_for_improvement_id=old.id))
    (before,), (after,) = edit.before, edit.after
    assert label == "Link to an earlier area for improvement"
    assert isinstance(after, Verdict) and isinstance(before, Verdict)
    assert (before.later_area_id, after.later_area_id, after.text) == (None, new.id, before.text)
    closed = chain_deeds.set_verdict(old.id, after.inspection_id, "closed", after)[1].after[0]
    assert isinstance(closed, Verdict)
    assert (closed.verdict, closed.later_area_id) == ("closed", None)
    (made,) = chain_deeds.repeat(old, new, ())[1].after
    assert isinstance(made, Verdict)
    assert (made.verdict, made.inspection_id) == (chain.RAISED_AGAIN, new.inspection_id)


@pytest.mark.parametrize(
    ("tone", "verdict"), [("strength", "improved"), ("concern", "raised_again"), (None, "raised_again")]
)
def test_a_quotes_tone_says_what_a_linked_verdict_begins_with(tone, verdict):
    quote = Quote(id=new_id(), inspection_id="one", text="Words", tone=tone)
    assert chain_deeds.verdict_of(quote) == verdict


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_ordinals(number, words):
    assert ordinal(number) == words
