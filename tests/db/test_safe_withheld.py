"""A text that a person leaves out of a safe copy: each can be, the copy stays sound, and a merge loses nothing."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from db import merge_left_out
from db.check import deep_check
from db.edit import Edit
from db.merge import merge_file
from db.records import AreaForImprovement, Document, Judgement, Quote, RecordType
from db.safe_content import LOOKED_AT, Choice
from db.safe_copy import safe_contents, write_safe_copy
from db.safe_manifest import inside, looked_at
from db.safe_withheld import KEPT_FILE, Withheld, is_possible, is_whole_record
from db.shared_texts import _texts, look_before_sharing
from db.store import Store


@pytest.fixture
def durham(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


def one_of_each(store):
    """One text of each field that is looked through."""
    found = {(whose.record_type, whose.field): whose for whose, _, text in _texts(store) if text}
    return {key: whose for key, whose in found.items() if is_possible(*key)}


def test_every_text_that_is_looked_through_can_be_left_out_or_is_a_name(durham, tmp_path):
    texts = one_of_each(durham)
    assert {(RecordType.QUOTE, "text"), (RecordType.QUOTE, "speaker"), (RecordType.INSPECTION, "team")} <= set(texts)
    gone = {(kind, whose.record_id) for (kind, field), whose in texts.items() if is_whole_record(kind, field)}
    target = tmp_path / "copy.sqlite"
    write_safe_copy(durham.path, target, Choice(withheld=frozenset(texts.values())))
    assert deep_check(target).is_sound
    with closing(Store.open(target)) as copy:
        for (kind, field), whose in texts.items():
            rows = copy.connection.raw.execute(
                f"select {field} from {kind} where id = ?", (whose.record_id,)
            ).fetchall()
            assert rows == ([] if (kind, whose.record_id) in gone else [("",)]), (kind, field)


def test_a_name_must_stand():
    assert not is_possible(RecordType.PROVIDER, "name")
    assert is_possible(RecordType.QUOTE, "text")


def test_a_judgement_that_is_only_printed_goes_with_its_words(durham, tmp_path):
    first, second = durham.each(Judgement)[:2]
    printed = replace(first, grade_id=None, special=None, grade_as_printed="Child A")
    durham.apply(Edit((first, second), (printed, replace(second, grade_as_printed="Child B"))))
    texts = {Withheld(RecordType.JUDGEMENT, one.id, "grade_as_printed") for one in (first, second)}
    with safe_contents(durham.path, Choice(withheld=frozenset(texts))) as (copy, left_out):
        rows = copy.connection.raw.execute(
            "select id, grade_as_printed from main.judgement where id in (?, ?)", (first.id, second.id)
        ).fetchall()
    assert rows == [(second.id, "")]
    assert {(one.field, one.count) for one in left_out if one.reason == LOOKED_AT} == {("", 1), ("grade_as_printed", 1)}


def test_of_a_document_all_that_is_kept_stays_here(durham, tmp_path):
    first, second = durham.each(Document)[:2]
    kept = [durham.keep_file(content) for content in (b"Zaunkonigin", b"Rotkehlchen")]
    changed = tuple(
        replace(one, file_sha256=sha256, file_name=f"{number}.pdf")
        for number, (one, sha256) in enumerate(zip((first, second), kept, strict=True))
    )
    durham.apply(Edit((first, second), changed))
    target = tmp_path / "copy.sqlite"
    withheld = frozenset({Withheld(RecordType.DOCUMENT, first.id, KEPT_FILE)})
    made = write_safe_copy(durham.path, target, Choice(with_documents=True, withheld=withheld))
    assert made.contents.kept_files == 1
    content = target.read_bytes()
    assert b"Zaunkonigin" not in content and b"Rotkehlchen" in content
    with closing(Store.open(target)) as copy:
        assert (copy.get(Document, first.id).file_name, copy.get(Document, second.id).file_name) == ("", "1.pdf")
    assert deep_check(target).is_sound


def test_a_hit_names_the_text_and_without_it_nothing_is_found(durham):
    area = durham.each(AreaForImprovement)[0]
    durham.apply(Edit((area,), (replace(area, text="Child B", group_label="Child C"),)))
    hits = look_before_sharing(durham.path, Choice())
    assert {(hit.text.field, hit.record_id) for hit in hits} == {("text", area.id), ("group_label", area.id)}
    assert look_before_sharing(durham.path, Choice(withheld=frozenset(hit.text for hit in hits))) == []
    assert len(look_before_sharing(durham.path, Choice(), most=1)) == 1


def test_the_copy_tells_how_much_and_never_what(durham, tmp_path):
    quotes = durham.each(Quote)[:3]
    durham.apply(Edit((quotes[0],), (replace(quotes[0], speaker="Zaunkonigin"),)))
    texts = {
        Withheld(RecordType.QUOTE, quotes[0].id, "speaker"),
        *(Withheld(RecordType.QUOTE, one.id, "text") for one in quotes[1:]),
    }
    target = tmp_path / "copy.sqlite"
    write_safe_copy(durham.path, target, Choice(withheld=frozenset(texts)))
    with closing(sqlite3.connect(target)) as raw:
        about = dict(raw.execute("select key, value from about_this_file").fetchall())
        rows = dict(raw.execute("select field, reason from manifest where record_type = 'quote'").fetchall())
    assert about["left_out"].endswith("3 texts were left out after a look for what might identify a child.")
    assert (rows["speaker"], rows[""]) == (f"{LOOKED_AT} (1)", f"{LOOKED_AT} (2)")
    everything = b"".join(path.read_bytes() for path in tmp_path.glob("copy*"))
    assert b"Zaunkonigin" not in everything and quotes[1].text.encode() not in everything


def test_reasons_for_one_field_stand_in_one_row(durham):
    with safe_contents(durham.path) as (_, left_out):
        pass
    twice = [*left_out, replace(left_out[0], reason=LOOKED_AT, count=1)]
    rows = {(kind, field): reason for kind, field, reason in inside(twice)}
    assert len(rows) == len(left_out)
    assert rows[left_out[0].record_type, left_out[0].field].endswith(f"{LOOKED_AT} (1)")
    assert looked_at(twice).startswith("1 text was left out") and looked_at(left_out) == ""


def merged_back(durham, tmp_path):
    """A colleague works on in a safe copy without some texts, and it comes back."""
    quotes = durham.each(Quote)[:2]
    durham.apply(Edit((quotes[0],), (replace(quotes[0], speaker="Zaunkonigin"),)))
    texts = {Withheld(RecordType.QUOTE, quotes[0].id, "speaker"), Withheld(RecordType.QUOTE, quotes[1].id, "text")}
    target = tmp_path / "copy.sqlite"
    write_safe_copy(durham.path, target, Choice(withheld=frozenset(texts)))
    with closing(Store.open(target)) as copy:
        there = copy.get(Quote, quotes[0].id)
        copy.apply(Edit((there,), (replace(there, speaker_role="Director"),)))
    merge_file(durham, target, prefer="theirs")
    return durham.get(Quote, quotes[0].id), durham.get(Quote, quotes[1].id), quotes[1]


def test_a_merge_brings_back_what_was_changed_and_takes_nothing_away(durham, tmp_path):
    changed, kept, as_it_was = merged_back(durham, tmp_path)
    assert (changed.speaker, changed.speaker_role) == ("Zaunkonigin", "Director")
    assert kept == as_it_was


def test_a_merge_that_is_not_told_what_was_left_out_takes_it_away(durham, tmp_path, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(merge_left_out, "read", lambda _raw: frozenset())
    changed, _, _ = merged_back(durham, tmp_path)
    assert changed.speaker == ""
