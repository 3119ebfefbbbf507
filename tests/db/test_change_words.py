"""The change log in words, and which entries the history of a record is made of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db import record_history
from db.change_words import EMPTY, GONE, ChangeWords, moment, shortened
from db.copy import write_copy
from db.dates import PartialDate
from db.edit import Edit
from db.errors import Stale
from db.field_words import name_of
from db.frameworks import Theme
from db.lists import Lists
from db.overview import removal, row_removal
from db.purge import purge
from db.records import Document, Inspection, Quote, Record, RecordType, new_id
from db.rows import classes, shape
from db.store import Store
from tests.db.records_from_the_field import (
    DURHAM,
    DURHAM_2022,
    FAMILY,
    LEADERS_ARE_OUTSTANDING,
    MISSING_CHILDREN,
    PARTNERSHIP,
    REPORT,
)

NOON = datetime(2026, 5, 22, 12, 0)
Say = Callable[[Record], list[str]]


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply(Edit(after=FAMILY), "Add everything")
    return store


@pytest.fixture
def said(filled: Store) -> Say:
    """What is said of a record, newest first, without when and who."""

    def say(record: Record, **options: Any) -> list[str]:
        words = ChangeWords(filled, Lists.read(filled))
        entries = record_history.read(filled, record, **options)
        return [words.sentence(entry, about=record.id).split(": ", 1)[1] for entry in entries]

    return say


def change(store: Store, record: Record, label: str = "", **values: Any) -> Record:
    changed = replace(record, **values)
    store.apply(Edit((record,), (changed,)), label or "Change something")
    return changed


def test_a_sentence_says_when_who_and_what(filled: Store) -> None:
    change(filled, DURHAM_2022, lead_inspector="Nick Stacey")
    (newest, _) = record_history.read(filled, DURHAM_2022)
    newest = replace(newest, at="2026-05-22T12:00:00+00:00", who="jane")
    when = datetime.fromisoformat(newest.at).astimezone()
    assert ChangeWords(filled, Lists.read(filled)).sentence(newest) == (
        f"22 May 2026, {when:%H:%M}, jane: Changed lead inspector from “Louise Hollick” to “Nick Stacey”"
    )


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOON.replace(hour=14, minute=2), "Today 14:02"),
        (NOON.replace(day=21, hour=0, minute=5), "21 May 2026, 00:05"),
        (NOON.replace(year=2025), "22 May 2025, 12:00"),
    ],
)
def test_today_is_said_as_today(at: datetime, words: str) -> None:
    assert moment(at.astimezone().isoformat(timespec="milliseconds"), now=NOON) == words


def test_a_moment_that_is_none_is_shown_as_it_stands() -> None:
    assert moment("soon") == "soon"


@pytest.mark.parametrize(
    ("record", "values", "words"),
    [
        (DURHAM_2022, {"started_on": PartialDate(2022, 5)}, "start date from 9 May 2022 to May 2022"),
        (DURHAM_2022, {"ended_on": None}, f"end date from 20 May 2022 to {EMPTY}"),
        (DURHAM_2022, {"title": "Sent back"}, f"title from {EMPTY} to “Sent back”"),
        (DURHAM_2022, {"team": "Ann\nBo"}, f"team from {EMPTY} to “Ann Bo”"),
        (PARTNERSHIP, {"page": 3, "tone": "strength"}, f"page from 2 to 3; tone from {EMPTY} to Strength"),
        (PARTNERSHIP, {"voice": "committee"}, "said by from Inspectors to Committee member"),
        (PARTNERSHIP, {"is_reported_speech": True}, "reported speech from no to yes"),
        (PARTNERSHIP, {"document_id": None}, f"source from {REPORT.title} to {EMPTY}"),
        (PARTNERSHIP, {"area_id": LEADERS_ARE_OUTSTANDING.area_id}, f"about from {EMPTY} to The impact of leaders"),
        (LEADERS_ARE_OUTSTANDING, {"grade_id": None, "special": "not_judged"}, "grade from Outstanding to Not judged"),
        (MISSING_CHILDREN, {"audience": "lscb"}, "audience from Local authority to Local Safeguarding Children Board"),
        (REPORT, {"kind": "letter"}, "kind from Inspection report to Inspection letter"),
        (
            REPORT,
            {"inspection_ids": ()},
            "about these inspections from ILACS standard inspection, 9 May to 20 May 2022",
        ),
        (DURHAM, {"urn": "1"}, "URN from “80465” to “1”"),
    ],
)
def test_values_are_said_as_people_read_them(
    filled: Store, said: Say, record: Record, values: dict[str, Any], words: str
) -> None:
    change(filled, record, **values)
    assert said(record)[0].startswith(f"Changed {words}")


def test_themes_and_strands_are_named(filled: Store, said: Say) -> None:
    lists = Lists.read(filled)
    first, second = list(lists.themes.values())[:2]
    strand = next(iter(lists.strands.values()))
    changed = change(filled, PARTNERSHIP, theme_ids=(first.id, second.id), strand_id=strand.id)
    assert f"themes from {EMPTY} to {first.name}, {second.name}" in said(changed)[0]
    assert f"about from {EMPTY} to {strand.label}" in said(changed)[0]


def test_coming_going_and_coming_back(filled: Store, said: Say) -> None:
    done = filled.apply(Edit(before=(PARTNERSHIP,)), "Remove quote")
    undone = filled.apply(done.undone(), "Undo: Remove quote")
    filled.apply(undone.undone(), "Redo: Undo: Remove quote")
    filled.apply(filled.restoring(filled.removed()[0]), "Restore")
    assert said(PARTNERSHIP) == ["Put back", "Removed again", "Brought back by undo", "Removed", "Added"]


def test_undone_and_done_again(filled: Store, said: Say) -> None:
    done = filled.apply(Edit((PARTNERSHIP,), (replace(PARTNERSHIP, page=3),)), "Change page of quote")
    undone = filled.apply(done.undone(), "Undo: Change page of quote")
    filled.apply(undone.undone(), "Redo: Change page of quote")
    assert said(PARTNERSHIP)[:3] == [
        "Done again: page from 2 to 3",
        "Undone: page from 3 to 2",
        "Changed page from 2 to 3",
    ]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Merge: colleague.sqlite", "Merged: page from 2 to 3"),
        ("Import grades.csv", "Changed by an import: page from 2 to 3"),
        ("Put back page", "Put back: page from 2 to 3"),
    ],
)
def test_other_ways_of_changing_are_named(filled: Store, said: Say, label: str, words: str) -> None:
    change(filled, PARTNERSHIP, label, page=3)
    assert said(PARTNERSHIP)[0] == words


def test_what_the_program_brought_is_said_so(filled: Store, said: Say) -> None:
    assert said(filled.each(Theme)[0]) == ["Came with the program"]


def test_ids_of_what_is_gone_still_say_what_it_was(filled: Store, said: Say) -> None:
    letter = replace(REPORT, id=new_id(), title="The letter", inspection_ids=())
    filled.apply(Edit(after=(letter,)), "Add document")
    changed = change(filled, PARTNERSHIP, document_id=letter.id)
    change(filled, changed, document_id=None)
    filled.apply(Edit(before=(letter,)), "Remove document")
    assert said(PARTNERSHIP)[0] == f"Changed source from The letter to {EMPTY}"
    purge(filled, filled.removed())
    assert said(PARTNERSHIP)[0] == f"Changed source from {GONE} to {EMPTY}"
    assert said(letter)[0] == "Deleted for good"


def test_long_texts_lose_their_middle_only_where_they_are_short(filled: Store, said: Say) -> None:
    long = "Children in Durham " + "are seen and heard " * 20 + "by those who decide"
    change(filled, PARTNERSHIP, text=long)
    entry = record_history.read(filled, PARTNERSHIP)[0]
    (whole,) = ChangeWords(filled, Lists.read(filled)).fields(entry)
    assert whole.after == long
    assert "“Children in Durham are seen and heard … by those who decide”" in said(PARTNERSHIP)[0]
    assert len(shortened(long)) <= 60


def test_what_differs_in_the_middle_of_long_texts_is_shown(filled: Store, said: Say) -> None:
    ends = "Children in Durham are seen and heard, and ", " is what those who decide have always said to us"
    first = change(filled, PARTNERSHIP, text=f"{ends[0]}much{ends[1]}")
    change(filled, first, text=f"{ends[0]}more{ends[1]}")
    assert "heard, and much is" in said(PARTNERSHIP)[0]
    assert "heard, and more is" in said(PARTNERSHIP)[0]


def test_the_history_of_an_inspection_holds_what_hangs_on_it(filled: Store, said: Say) -> None:
    change(filled, MISSING_CHILDREN, page=4)
    filled.apply(Edit(before=(LEADERS_ARE_OUTSTANDING,)), "Clear judgement")
    words = said(DURHAM_2022, with_family=True)
    assert words[0] == "Judgement on The impact of leaders on social work practice with children and families: Removed"
    assert words[1].startswith("Area for improvement “The response to children who go missing")
    assert words[1].endswith(f": Changed page from {EMPTY} to 4")
    assert len(words) == 7
    assert said(DURHAM_2022) == ["Added"]


def test_rows_that_only_move_up_are_told_in_their_own_history_alone(filled: Store, said: Say) -> None:
    second = replace(PARTNERSHIP, id=new_id(), position=2, text="purposeful")
    filled.apply(Edit(after=(second,)), "Add quote")
    filled.apply(row_removal(filled, DURHAM_2022.id, PARTNERSHIP), "Remove quote")
    assert said(second)[0] == "Changed place from 2 to 1"
    assert not any("place" in words for words in said(DURHAM_2022, with_family=True))


def test_of_a_removed_inspection_everything_is_told(filled: Store, said: Say) -> None:
    filled.apply(removal(filled, DURHAM_2022), "Remove inspection")
    words = said(DURHAM_2022, with_family=True)
    assert sum(one.endswith("Removed") for one in words) == 5


def test_the_newest_come_first_and_the_rest_when_asked(filled: Store) -> None:
    quote: Record = PARTNERSHIP
    for page in range(3, 10):
        quote = change(filled, quote, page=page)
    newest = record_history.read(filled, PARTNERSHIP, most=3)
    older = record_history.read(filled, PARTNERSHIP, below=newest[-1].row, most=100)
    assert [entry.after for entry in newest] == [{"page": 9}, {"page": 8}, {"page": 7}]
    assert len(older) == 5 and older[-1].before is None


def test_a_copy_says_where_its_history_starts(filled: Store, tmp_path: Path) -> None:
    assert record_history.start_of_log(filled) == ""
    write_copy(filled.path, tmp_path / "copy.sqlite")
    copy = Store.open(tmp_path / "copy.sqlite")
    assert record_history.start_of_log(copy)
    (entry,) = record_history.read(copy, DURHAM_2022)
    sentence = ChangeWords(copy, Lists.read(copy)).sentence(entry)
    assert sentence == f"{moment(entry.at)}: In the file when this copy was made"
    copy.close()


def test_a_value_is_put_back_as_a_change_like_any_other(filled: Store) -> None:
    changed = change(filled, DURHAM_2022, lead_inspector="Nick Stacey", notes="")
    change(filled, changed, title="Second look")
    entry = record_history.read(filled, DURHAM_2022)[1]
    assert record_history.can_be_put_back(entry)
    filled.apply(record_history.putting_back(filled, entry), "Put back lead inspector")
    assert filled.get(Inspection, DURHAM_2022.id) == replace(DURHAM_2022, title="Second look")
    with pytest.raises(Stale, match="has that value already"):
        record_history.putting_back(filled, entry)
    filled.apply(removal(filled, filled.each(Inspection)[0]), "Remove inspection")
    with pytest.raises(Stale, match="This inspection is removed"):
        record_history.putting_back(filled, entry)


@pytest.mark.parametrize(
    ("record", "values"),
    [(PARTNERSHIP, {"position": 7}), (PARTNERSHIP, {"page": 3, "paragraph": 4}), (DURHAM_2022, {"kind_id": "other"})],
)
def test_what_moved_others_or_several_things_is_not_put_back_by_itself(
    filled: Store, record: Record, values: dict[str, Any]
) -> None:
    if "kind_id" in values:
        values = {"kind_id": next(key for key in Lists.read(filled).kinds if key != DURHAM_2022.kind_id)}
    change(filled, record, **values)
    newest, *_, added = record_history.read(filled, record)
    assert not record_history.can_be_put_back(newest)
    assert not record_history.can_be_put_back(added)


def test_every_field_that_can_be_in_the_log_has_a_name_and_words(filled: Store) -> None:
    words = ChangeWords(filled, Lists.read(filled))
    for record_type, record_class in classes().items():
        for name in (*shape(record_class).columns, *(link.field for link in shape(record_class).links)):
            assert name_of(record_type, name)
            value = ["x"] if name.endswith("_ids") else 1 if name in shape(record_class).flags else "x"
            entry = record_history.Entry(1, "Change", "", "", record_type, "x", {name: value}, {name: None})
            words.sentence(entry)


def test_two_parts_of_one_thing_are_one_change(filled: Store, said: Say) -> None:
    sha = filled.keep_file(b"a letter")
    changed = change(filled, REPORT, file_name="letter.pdf", file_sha256=sha)
    assert said(REPORT)[0] == f"Changed copy kept inside from {EMPTY} to “letter.pdf”"
    assert isinstance(changed, Document)
    assert record_history.can_be_put_back(record_history.read(filled, REPORT)[0])
    assert name_of(RecordType.QUOTE, "area_id") == name_of(RecordType.QUOTE, "strand_id") == "about"
    assert filled.each(Quote)
