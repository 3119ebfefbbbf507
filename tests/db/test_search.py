"""Searching: what is found, in which words it is shown, and that nothing typed is an error."""

import re
import shutil
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import schema, search, searchable
from db.connection import open_file
from db.edit import Edit
from db.improvement_records import Action, ProgressNote
from db.records import AreaForImprovement, Document, Inspection, Provider, Quote, RecordType, new_id
from db.store import Store
from tests.db.records_from_the_field import STANDARD
from tests.faults.older_files import older_file


@pytest.fixture(scope="module")
def durham(sample_file, tmp_path_factory):
    store = Store.open(shutil.copy(sample_file, tmp_path_factory.mktemp("search") / "durham.sqlite"))
    yield store
    store.close()


def keys(results):
    return {(hit.record_type, hit.record_id) for hit in results.hits}


def marked(hit):
    return [hit.excerpt[start:end] for start, end in hit.marks]


def an_inspection(store, **values):
    provider = Provider(id=new_id(), name=values.pop("provider", "Kent County Council"))
    inspection = Inspection(id=new_id(), provider_id=provider.id, kind_id=STANDARD, **values)
    store.apply(Edit(after=(provider, inspection)))
    return inspection


def a_quote(inspection, text, **values):
    return Quote(id=new_id(), inspection_id=inspection.id, text=text, **values)


def test_every_word_of_the_sample_finds_its_record(durham):
    wanted = {}
    for record_type in searchable.FIELDS:
        for record in searchable.read(durham.connection.raw, record_type):
            for word in " ".join(record.fields.values()).split():
                if any(letter.isalnum() for letter in word):
                    wanted.setdefault(word, set()).add((record.record_type, record.record_id))
    assert len(wanted) > 1000
    lost = {
        word: len(those - keys(search.find(durham, word, limit=1000, is_quick=True))) for word, those in wanted.items()
    }
    assert {word: count for word, count in lost.items() if count} == {}


def test_every_mark_covers_what_was_typed(durham):
    for typed in ("childr", "leaders", "SOCIAL", "2022", "durham"):
        for hit in search.find(durham, typed).hits:
            assert hit.marks
            assert all(word.casefold().startswith(typed.casefold()) for word in marked(hit)), (typed, hit)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("childr", True),
        ("childr ", False),
        ("SAFE child", True),
        ("children safe", True),
        ("safe adults", False),
        ("children's", True),
        ("children’s", True),
        ("CHILDREN‘S home", True),
        ("well-being", True),
        ("well–being", True),
        ("wellbeing", True),
        ("well being", True),
        ('"children are safe"', True),
        ('"safe children"', False),
        ("“children are sa", True),
        ("children -adults", True),
        ("children -home", False),
        ('children -"safe in"', False),
        ("-adults", True),
        ("tone:concern children", False),
        ("zoe", True),
        ("ZOË", True),
        ("cafe", True),
        ("& children", True),
        ("home.", True),
        ("“home”", True),
        ('"', False),
        ("", False),
    ],
)
def test_search_finds_words_however_they_are_written(store, typed, is_found):
    inspection = an_inspection(store, provider="Essex")
    text = "Zoë’s café: children are safe in the children’s home, and their well-being improves."
    quote = a_quote(inspection, text)
    store.apply(Edit(after=(quote,)))
    assert (RecordType.QUOTE, quote.id) in keys(search.find(store, typed)) or not is_found
    assert bool(search.find(store, typed).hits) is is_found


def test_the_words_may_stand_in_several_texts_of_a_record(store):
    inspection = an_inspection(store, lead_inspector="Louise Hollick", title="Inspection of children’s services")
    quote = a_quote(inspection, "The workforce is stable.", speaker="Emma Lewell", speaker_role="Member of Parliament")
    store.apply(Edit(after=(quote,)))
    assert keys(search.find(store, "lewell workforce")) == {(RecordType.QUOTE, quote.id)}
    assert keys(search.find(store, "parliament emma sta")) == {(RecordType.QUOTE, quote.id)}
    assert keys(search.find(store, "hollick kent ilacs")) == {(RecordType.INSPECTION, inspection.id)}
    assert keys(search.find(store, "hollick workforce")) == set()


def test_no_phrase_runs_from_one_text_into_the_next(store):
    inspection = an_inspection(store)
    store.apply(Edit(after=(a_quote(inspection, "Children are well", speaker="Being Human"),)))
    assert not search.find(store, "well-being children").hits


def test_other_forms_of_a_word_come_below_the_word_itself(store):
    inspection = an_inspection(store)
    exact = a_quote(inspection, "Visiting is regular.")
    store.apply(Edit(after=(exact,)))
    other = a_quote(inspection, "Social workers visit often.")
    store.apply(Edit(after=(other,)))
    found = search.find(store, "visiting").hits
    assert [(hit.record_id, hit.is_exact, marked(hit)) for hit in found] == [
        (exact.id, True, ["Visiting"]),
        (other.id, False, ["visit"]),
    ]


def test_what_was_written_last_comes_first(store):
    inspection = an_inspection(store)
    quotes = [a_quote(inspection, f"Leaders act, {place}.", position=place) for place in range(3)]
    for quote in quotes:
        store.apply(Edit(after=(quote,)))
    assert [hit.record_id for hit in search.find(store, "leaders").hits] == [quote.id for quote in quotes[::-1]]
    store.apply(Edit((quotes[0],), (replace(quotes[0], text="Leaders act at once."),)))
    assert search.find(store, "leaders").hits[0].record_id == quotes[0].id


def test_each_kind_gets_a_fair_share_and_its_whole_count(durham):
    area_id = durham.each(AreaForImprovement)[0].id
    work = {"area_for_improvement_id": area_id, "text": "Ask the children."}
    durham.apply(Edit(after=(Action(id=new_id(), **work), ProgressNote(id=new_id(), **work))))
    results = search.find(durham, "children", limit=20)
    assert results.count_words == f"{sum(results.counts.values())} results"
    assert set(results.counts) == set(searchable.FIELDS)
    assert [hit.record_type for hit in results.hits] == sorted(
        (hit.record_type for hit in results.hits), key=list(searchable.FIELDS).index
    )
    assert len(results.hits) == 20
    assert {hit.record_type for hit in results.hits} == set(searchable.FIELDS)


def test_counts_stop_at_a_thousand(store):
    inspection = an_inspection(store)
    store.apply(Edit(after=tuple(a_quote(inspection, f"Leaders act, {place}.") for place in range(1000))))
    assert search.find(store, "leaders").count_words == "1,000 results"
    store.apply(Edit(after=(a_quote(inspection, "Leaders act again."),)))
    results = search.find(store, "leaders")
    assert (results.count_words, results.is_capped, len(results.hits)) == ("1,000+ results", True, 50)
    assert search.find(store, "again").count_words == "1 result"
    assert search.find(store, "leaders again").count_words == "1 result"


def test_a_hit_says_where_it_stands(durham):
    (hit,) = search.find(durham, "Durham 2022 standard inspection").hits[:1]
    assert (hit.record_type, hit.field, hit.record_id) == (RecordType.INSPECTION, "name", hit.inspection_id)
    assert hit.heading == "Durham County Council, ILACS standard inspection, 9 May to 20 May 2022"
    (quote,) = [hit for hit in search.find(durham, "9 May 2022").hits if hit.field == "name"]
    assert marked(quote) == ["9", "May", "May", "2022", "2022"]


def test_a_hit_in_a_lesser_field_tells_what_the_record_says(store):
    inspection = an_inspection(store)
    text = "The workforce is stable, and " + "morale is high " * 20
    store.apply(Edit(after=(a_quote(inspection, text, speaker="Emma Lewell"),)))
    (hit,) = search.find(store, "lewell").hits
    assert (hit.field, hit.excerpt, marked(hit)) == ("speaker", "Emma Lewell", ["Lewell"])
    assert hit.about.startswith("The workforce is stable, and morale")
    assert hit.about.endswith("…")
    assert len(hit.about) <= search.ABOUT_LETTERS + 1


def test_a_document_without_an_inspection_is_found_by_its_provider_heading(store):
    inspection = an_inspection(store)
    document = Document(id=new_id(), provider_id=inspection.provider_id, title="Letter to the director")
    store.apply(Edit(after=(document,)))
    (hit,) = search.find(store, "director").hits
    assert (hit.heading, hit.inspection_id) == ("Kent County Council", "")


@pytest.mark.parametrize("typed", ["well-being", "wellbeing", "well being", "WELL–BEING", "wellb"])
@pytest.mark.parametrize("written", ["well-being", "wellbeing", "well being"])
def test_a_compound_is_found_however_it_is_written_and_typed(store, written, typed):
    quote = a_quote(an_inspection(store), f"Their {written} improves.")
    store.apply(Edit(after=(quote,)))
    found = {hit.record_id: marked(hit) for hit in search.find(store, typed).hits}
    assert quote.id in found or (typed, written) == ("wellb", "well being")
    assert all(marks for marks in found.values())


def test_compounds_of_ages_are_found(store):
    quote = a_quote(an_inspection(store), "Some 16- and 17-year-olds wait.")
    store.apply(Edit(after=(quote,)))
    for typed in ("16- and 17-year-olds", "16 and 17 year olds", '"16- and 17-year', "17-year-old", "17yearolds"):
        assert keys(search.find(store, typed)) == {(RecordType.QUOTE, quote.id)}, typed


@pytest.mark.parametrize(("typed", "text"), [("leaver", "Care leavers wait."), ("waits", "They waited long.")])
def test_plural_and_verb_forms_come_below(store, typed, text):
    inspection = an_inspection(store)
    exact, other = a_quote(inspection, f"A {typed} it is."), a_quote(inspection, text)
    store.apply(Edit(after=(exact,)))
    store.apply(Edit(after=(other,)))
    assert [hit.record_id for hit in search.find(store, typed + " ").hits] == [exact.id, other.id]


def test_the_best_hit_may_come_before_the_newest(store):
    inspection = an_inspection(store)
    best = a_quote(inspection, "Care leavers wait.")
    store.apply(Edit(after=(best,)))
    newest = a_quote(
        inspection, "Those who have left care say that they wait, as leavers did before, " + "and so on " * 20
    )
    store.apply(Edit(after=(newest,)))
    assert [hit.record_id for hit in search.find(store, "care leavers").hits] == [newest.id, best.id]
    assert [hit.record_id for hit in search.find(store, "care leavers", is_best_first=True).hits] == [
        best.id,
        newest.id,
    ]


def test_a_quick_search_leaves_other_forms_out_only_where_the_words_fill_it(store):
    inspection = an_inspection(store)
    quotes = [a_quote(inspection, "They visit.", position=place) for place in range(3)]
    store.apply(Edit(after=(*quotes, a_quote(inspection, "Visiting is regular."))))
    quick = search.find(store, "visits", limit=2, is_quick=True)
    assert (quick.count_words, quick.is_quick) == ("4 results", False)
    quick = search.find(store, "visit ", limit=2, is_quick=True)
    assert (quick.count_words, quick.is_quick) == ("3 results", True)
    assert search.find(store, "visit ", limit=2).count_words == "4 results"


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Der groß­artige Bericht", "grossart", ["groß­artige"]),  # ß grows, the soft hyphen goes
        ("İstanbul and ŉ letters", "letters", ["letters"]),
        ("He said: “children’s\nhomes”", "children's homes", ["children’s", "homes"]),
        ("cafe\u0301 q\u0323\u0307 society", "cafe society", ["café", "society"]),
        ("😀😀 emoji before children", "child", ["children"]),
        ("ילדים בטוחים בבית", "בטוחים", ["בטוחים"]),
        ("ﬁrst ﬂoor children", "floor", ["ﬂoor"]),
    ],
)
def test_marks_stand_on_the_original_text(store, text, typed, shown):
    inspection = an_inspection(store)
    store.apply(Edit(after=(a_quote(inspection, text),)))
    (hit,) = search.find(store, typed).hits
    assert marked(hit) == shown


def test_a_long_text_is_cut_around_the_words(store):
    inspection = an_inspection(store)
    text = "Leaders know their services well. " * 200 + "Missing children are found quickly. " + "And more. " * 300
    store.apply(Edit(after=(a_quote(inspection, text),)))
    (hit,) = search.find(store, "missing children").hits
    assert marked(hit) == ["Missing", "children"]
    assert hit.excerpt.startswith("…") and hit.excerpt.endswith("…")
    assert len(hit.excerpt) <= 182
    assert not re.search(r"…\S*\s$", hit.excerpt)


STRANGE = [
    *("NEAR(", "a OR", "OR", "AND NOT", "NOT", "*", "^child", "folded:child", "{folded} : x", "child*", "a+b", "+"),
    *('"', '""', '"""child', "(", "'", "-", "—", "&", "   ", "\n\t", "%", "\\", ";--"),
    *("\0", "\0child\0", "\ud800", "child\udfff", "\x1f", "child\x1cren", "\ufffe", "\u202e", "😀", "👩‍👧‍👦", "של"),
    *("a" * 100_000, "a " * 50_000, "a-" * 50_000, '"' * 100_000),
]


@pytest.mark.parametrize("typed", STRANGE, ids=lambda typed: ascii(typed[:12]))
def test_nothing_strange_is_an_error_or_takes_long(durham, typed):
    for text in (typed, f"children {typed}", f"{typed} children ", typed + typed):
        assert search.find(durham, text).trouble == ""


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet='"*^:(){}+-ANDORTE child’s \0\ud800é\u0301', max_size=40)))
def test_nothing_that_can_be_typed_is_an_error(durham, typed):
    results = search.find(durham, typed)
    assert results.trouble == ""
    for hit in results.hits:
        assert all(0 <= start < end <= len(hit.excerpt) for start, end in hit.marks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=300), pick=st.integers(min_value=0))
def test_any_word_of_any_text_finds_it(store, text, pick):
    inspection = an_inspection(store, provider=new_id())
    quote = a_quote(inspection, f"Heading {text}")
    store.apply(Edit(after=(quote,)))
    words = store.get(Quote, quote.id).text.split()
    typed = words[pick % len(words)].lstrip("-")  # a word behind a hyphen is one that is left out
    found = search.find(store, typed, limit=1000)
    assert found.trouble == ""
    if any(letter.isalnum() and letter.isascii() for letter in typed):
        assert (RecordType.QUOTE, quote.id) in keys(found) or found.is_capped


def test_a_search_leaves_no_cursor_open_that_would_hold_up_a_save(durham):
    search.find(durham, "children")
    other = sqlite3.connect(durham.path, isolation_level=None, timeout=0)
    other.execute("begin exclusive")
    other.execute("rollback")
    other.close()


def test_a_file_that_is_locked_says_so_instead_of_failing(durham):
    other = sqlite3.connect(durham.path, isolation_level=None)
    other.execute("begin exclusive")
    try:
        results = search.find(durham, "children")
    finally:
        other.execute("rollback")
        other.close()
    assert results.trouble.startswith("The file could not be searched just now.")
    assert results.hits == ()


def test_an_older_file_that_may_only_be_read_says_why_it_is_not_searched(tmp_path):
    path = older_file(tmp_path / "old.sqlite", schema.VERSION - 1)
    reader = Store(open_file(path, is_read_only=True))
    assert search.find(reader, "children").trouble.startswith("This file was made by an earlier version")
    reader.close()


def test_a_search_that_takes_too_long_is_given_up(durham, monkeypatch):
    monkeypatch.setattr(search, "MOST_SECONDS", -1.0)
    monkeypatch.setattr(search, "_STEPS_BETWEEN_QUESTIONS", 1)
    assert search.find(durham, "children").trouble.startswith("This search takes too long.")
    monkeypatch.undo()
    assert search.find(durham, "children").trouble == ""


def test_a_file_opened_for_reading_only_is_searched_too(durham):
    reader = Store(open_file(durham.path, is_read_only=True))
    assert search.find(reader, "hollick").hits
    reader.close()
