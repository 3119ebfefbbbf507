"""Proposals for links, measured: what they find of the chains that were read in the reports, and what else they say.

`-s` prints the figures. Whoever links by hand looks at what is proposed, so a wrong proposal costs a glance and a
missed one a search.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from db import chain_proposals
from db.chain_history import event_of
from db.chain_proposals import likest_first, proposals
from db.chain_words import stems, stems_of, telling
from db.frameworks import Theme
from db.improvement_records import Verdict
from db.records import AreaForImprovement, Inspection, Quote, new_id
from db.store import Store
from tests.db.themed_areas import WALSALL_2017, WALSALL_2021, WALSALL_REPEATS

Pairs = set[tuple[str, str]]


class Sample(NamedTuple):
    """What the sample holds, and the chains that were read in its reports."""

    days: dict[str, str]
    areas: list[AreaForImprovement]
    quotes: list[Quote]
    themes: list[Theme]
    links: Pairs
    sentences: Pairs


class Measured(NamedTuple):
    """How many of the true pairs were found among how many."""

    found: int
    true: int
    proposed: int

    @property
    def precision(self) -> float:
        return round(self.found / self.proposed, 2)

    @property
    def recall(self) -> float:
        return round(self.found / self.true, 2)


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Sample:
    store = Store.open(sample_file, is_read_only=True)
    try:
        verdicts = store.each(Verdict)
        return Sample(
            {one.id: event_of(one).day for one in store.each(Inspection)},
            store.each(AreaForImprovement),
            store.each(Quote, voice="inspectors"),
            store.each(Theme),
            {(one.area_for_improvement_id, one.later_area_id) for one in verdicts if one.later_area_id},
            {(one.area_for_improvement_id, one.quote_id) for one in verdicts if one.quote_id},
        )
    finally:
        store.close()


def measured(found: Pairs, true: Pairs) -> Measured:
    return Measured(len(found & true), len(true), len(found))


def proposed(sample: Sample, areas: Sequence[AreaForImprovement]) -> tuple[Pairs, Pairs]:
    """Every link and every sentence that is proposed, nothing being linked yet."""
    links: Pairs = set()
    sentences: Pairs = set()
    for area in areas:
        day = sample.days[area.inspection_id]
        candidates = [one for one in areas if sample.days[one.inspection_id] < day]
        quotes = [one for one in sample.quotes if sample.days[one.inspection_id] > day]
        for one in proposals(area, [*candidates, *quotes], sample.themes):
            if isinstance(one.record, Quote):
                sentences.add((area.id, one.record.id))
            else:
                links.add((one.record.id, area.id))
    return links, sentences


def sharing(sample: Sample, least: int) -> tuple[Pairs, Pairs]:
    """The trivial baseline: whatever shares so many words."""
    records = (*sample.areas, *sample.quotes)
    words = {one.id: telling(said) for one, said in zip(records, stems([one.text for one in records]), strict=True)}

    def pairs(firsts: Iterable[AreaForImprovement], seconds: Iterable[AreaForImprovement | Quote]) -> Pairs:
        listed = list(seconds)
        return {
            (one.id, other.id)
            for one in firsts
            for other in listed
            if sample.days[one.inspection_id] < sample.days[other.inspection_id]
            and len(words[one.id] & words[other.id]) >= least
        }

    return pairs(sample.areas, sample.areas), pairs(sample.areas, sample.quotes)


def test_links_proposed_on_the_sample_are_right_four_times_as_often_as_shared_words(sample):
    links, _ = proposed(sample, sample.areas)
    ours, plain = measured(links, sample.links), measured(sharing(sample, 2)[0], sample.links)
    print(f"\nlinks: found {ours.found} of {ours.true}, {ours.proposed} proposed; two shared words: {plain}")
    assert (ours.found, ours.true, plain.found) == (7, 8, 7)
    assert ours.proposed <= 20
    assert ours.precision >= 0.35
    assert ours.precision > 3.5 * plain.precision


def test_the_one_link_that_is_missed_shares_no_word_that_tells(sample):
    links, _ = proposed(sample, sample.areas)
    texts = {one.id: one.text for one in sample.areas}
    ((earlier, later),) = sample.links - links
    assert texts[earlier].startswith("For children moving to live with parents under care orders")
    assert texts[later].startswith("The timeliness of assessments and support for children who return home")


def test_sentences_proposed_on_the_sample(sample):
    _, sentences = proposed(sample, sample.areas)
    ours = measured(sentences, sample.sentences)
    alone = [measured(sharing(sample, least)[1], sample.sentences) for least in (1, 2, 3, 4)]
    print(f"\nsentences: found {ours.found} of {ours.true}, {ours.proposed} proposed; shared words: {alone}")
    assert (ours.found, ours.true) == (8, 12)
    assert ours.proposed <= 40
    equal = next(one for one in reversed(alone) if one.found >= 7)  # as many found takes far more proposals
    assert ours.precision > 5 * equal.precision


def test_themes_that_nobody_set_do_not_carry_the_links(sample):
    """The negative control of the measuring: the same chains with every theme taken out."""
    bare = [replace(area, theme_ids=()) for area in sample.areas]
    links, sentences = proposed(sample, bare)
    ours, told = measured(links, sample.links), measured(sentences, sample.sentences)
    assert (ours.found, told.found) == (7, 6)
    assert ours.proposed <= 24


def test_another_authoritys_reports_which_nothing_was_tuned_on(sample):
    earlier = [made(text, 0) for text in WALSALL_2017]
    later = [made(text, 1) for text in WALSALL_2021]
    places = {one.id: place for listed in (earlier, later) for place, one in enumerate(listed)}
    found = {
        (places[one.record.id], places[area.id]) for area in later for one in proposals(area, earlier, sample.themes)
    }
    assert len(found & WALSALL_REPEATS) == len(WALSALL_REPEATS)
    assert len(found) <= 12


def made(text: str, visit: int) -> AreaForImprovement:
    return AreaForImprovement(id=new_id(), inspection_id=str(visit), text=text, finding_kind_id="kind")


def named(sample: Sample, words: str) -> AreaForImprovement:
    return next(one for one in sample.areas if one.text.startswith(words))


def test_a_proposal_says_the_words_and_themes_that_both_have(sample):
    area = named(sample, "The response to children who go missing")
    earlier = named(sample, "Improve how information from return home")
    others = [one for one in sample.areas if one.inspection_id == earlier.inspection_id]
    first = proposals(area, others, sample.themes)[0]
    assert first.record == earlier
    assert "missing" in first.words
    names = {theme.id: theme.name for theme in sample.themes}
    assert [names[key] for key in first.theme_ids] == ["missing and return home interviews"]


@pytest.mark.parametrize("text", ["", "…", "the of and", "🙂"])
def test_words_that_say_nothing_propose_nothing(sample, text):
    area = replace(sample.areas[0], text=text or " ", theme_ids=())
    assert proposals(area, [one for one in sample.areas[1:] if not one.theme_ids], sample.themes) == []
    assert proposals(area, [], sample.themes) == []


def test_the_likest_stand_first_and_none_is_left_out(sample):
    area = named(sample, "Pathway assessments and planning")
    ordered = likest_first(area, sample.quotes, sample.themes)
    assert "pathway plan" in ordered[0].text
    assert {one.id for one in ordered} == {one.id for one in sample.quotes}


def test_stems_are_those_of_the_search_index(sample_file: Path) -> None:
    forms: Callable[[str], tuple[str, ...]] = stems_of
    assert forms("Interviews, interviewing") == forms("interview interviewed")
    assert forms("well‑being") == ("well", "be")
    assert stems([]) == []
    assert chain_proposals.MOST == 3
