"""A safe copy: what may be seen by others is in it, not one byte of the rest, and merge and check accept it."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from db import history, safe_content
from db.check import deep_check
from db.copy import write_copy
from db.dates import PartialDate
from db.edit import Edit
from db.errors import CannotWrite
from db.frameworks import Fact, Theme
from db.records import Document, Inspection, Provider, Quote, RecordType, new_id
from db.rows import LONG_FIELDS, classes, shape
from db.safe_content import Choice
from db.safe_copy import write_safe_copy
from db.safe_manifest import beside
from db.snapshot import Cancelled
from db.store import Store

SECRETS = ("Zaunkonigin", "Rotkehlchen", "Goldammer", "Steinkauz", "Wachtelkonig", "Uferschnepfe", "Neuntoter")
STAYING = {
    RecordType.ACTION,
    RecordType.PROGRESS_NOTE,
    RecordType.EVIDENCE,
    RecordType.COMMITTEE_REPORT,
    RecordType.STATUTORY_DATE,
}
ENTERED = {kind for kind, record_class in classes().items() if not issubclass(record_class, Fact)}


@pytest.fixture
def durham(sample_file, tmp_path, monkeypatch):
    monkeypatch.setattr(history, "user_name", lambda: "Neuntoter")
    (tmp_path / "work").mkdir()
    opened = Store.open(shutil.copy(sample_file, tmp_path / "work" / "durham.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def target(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "copy.sqlite"


def left_in(target):
    return sorted(path.name for path in target.parent.iterdir())


def all_bytes(target):
    return b"".join(path.read_bytes() for path in target.parent.iterdir()).lower()


def held(target):
    content = all_bytes(target)
    return [secret for secret in SECRETS if secret.lower().encode() in content]


def with_secrets(store):
    """A word for each thing that stays here: notes, an old text, a removed one, a draft, a path, and a user's name."""
    inspection, provider = store.each(Inspection)[0], store.each(Provider)[0]
    document = store.each(Document)[0]
    store.apply(Edit((inspection,), (replace(inspection, notes="Zaunkonigin"),)))
    store.apply(Edit((provider,), (replace(provider, notes="Zaunkonigin too"),)))
    quote = store.each(Quote)[0]
    store.apply(Edit((quote,), (replace(quote, text="Rotkehlchen sings."),)))
    store.apply(Edit((replace(quote, text="Rotkehlchen sings."),), (quote,)))
    gone = Quote(id=new_id(), inspection_id=inspection.id, document_id=document.id, text="Goldammer")
    store.apply(Edit(after=(gone,)))
    store.apply(Edit(before=(gone,)))
    store.apply(Edit(after=(Quote(id=new_id(), inspection_id=inspection.id, text="Steinkauz"),)))
    digest = store.keep_file(b"Uferschnepfe")
    changed = replace(
        document, address="C:\\Users\\Wachtelkonig\\report.pdf", file_name="Wachtelkonig.pdf", file_sha256=digest
    )
    store.apply(Edit((document,), (changed,)))


def test_not_one_byte_of_what_stays_here_is_in_it(durham, target):
    with_secrets(durham)
    write_safe_copy(durham.path, target, with_metadata=True)
    assert held(target) == []
    assert str(durham.path.parent).encode() not in all_bytes(target)
    assert left_in(target) == ["copy.manifest.json", "copy.metadata.json", "copy.sqlite"]


def test_a_full_copy_holds_every_word_of_it(durham, target):
    """The negative control: the search finds words where they are."""
    with_secrets(durham)
    write_copy(durham.path, target, with_log=True)
    assert held(target) == list(SECRETS)


def test_an_ordinary_copy_holds_the_notes(durham, target):
    """The negative control of what a safe copy adds."""
    with_secrets(durham)
    write_copy(durham.path, target)
    assert set(held(target)) >= {"Zaunkonigin", "Steinkauz", "Wachtelkonig", "Uferschnepfe"}


def test_what_may_be_seen_is_in_it_word_for_word(durham, target):
    with_secrets(durham)
    made = write_safe_copy(durham.path, target)
    assert (made.contents.inspections, made.contents.judgements, made.contents.quotes) == (9, 42, 102)
    with closing(Store.open(target)) as copy:
        for kind in (RecordType.JUDGEMENT, RecordType.AREA_FOR_IMPROVEMENT, RecordType.FRAMEWORK, RecordType.GRADE):
            assert copy.each(classes()[kind]) == durham.each(classes()[kind])
        assert copy.each(Quote) == [quote for quote in durham.each(Quote) if quote.document_id]
        assert copy.each(Inspection) == [replace(one, notes="") for one in durham.each(Inspection)]


def test_the_check_accepts_it_and_its_log_names_no_one(durham, target):
    with_secrets(durham)
    write_safe_copy(durham.path, target, Choice(with_documents=True))
    report = deep_check(target)
    assert report.is_sound, report.findings
    with closing(sqlite3.connect(target)) as raw:
        assert raw.execute("select label, who from deed").fetchall() == [("Copy made", "")]
        assert raw.execute("pragma freelist_count").fetchone() == (0,)


def test_every_record_keeps_its_version_id(durham, target):
    with_secrets(durham)
    write_safe_copy(durham.path, target)
    newest = "select record_id, id from change order by row"
    known = dict(durham.connection.raw.execute(newest).fetchall())
    with closing(sqlite3.connect(target)) as raw:
        there = dict(raw.execute(newest).fetchall())
    assert there == {key: known[key] for key in there}


def test_documents_go_in_when_asked(durham, target):
    with_secrets(durham)
    made = write_safe_copy(durham.path, target, Choice(with_documents=True))
    assert held(target) == ["Wachtelkonig", "Uferschnepfe"]  # the name of the kept file, and its words
    assert made.contents.kept_files == 1


def test_only_the_chosen_inspections_go_out_with_what_belongs_to_them(durham, target):
    chosen = durham.each(Inspection)[3]
    other = Provider(id=new_id(), name="Kent")
    durham.apply(Edit(after=(other,)))
    made = write_safe_copy(durham.path, target, Choice(frozenset({chosen.id})))
    with closing(Store.open(target)) as copy:
        assert [one.id for one in copy.each(Inspection)] == [chosen.id]
        assert {quote.inspection_id for quote in copy.each(Quote)} <= {chosen.id}
        assert made.contents.quotes == durham.count(Quote, inspection_id=chosen.id)
        assert copy.get(Provider, other.id) is None
        assert all(set(one.inspection_ids) <= {chosen.id} for one in copy.each(Document))
    assert deep_check(target).is_sound


def test_manifests_inside_and_beside_say_what_it_is(durham, target):
    with_secrets(durham)
    choice = Choice(marking="OFFICIAL", attribution="Durham County Council, 2026")
    write_safe_copy(durham.path, target, choice, made_with="Inspection Log 9.9")
    told = json.loads(target.with_name("copy.manifest.json").read_text(encoding="utf-8"))
    assert told["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert (told["marking"], told["made_with"], told["counts"]["quotes"]) == ("OFFICIAL", "Inspection Log 9.9", 102)
    left_out = {(one["record_type"], one["field"]): one["count"] for one in told["left_out"]}
    assert left_out["quote", ""] == 1
    assert left_out["document", "file_sha256"] == 1
    with closing(sqlite3.connect(target)) as raw:
        assert set(raw.execute("select record_type, field from manifest")) == set(left_out)
        about = dict(raw.execute("select key, value from about_this_file").fetchall())
    assert (about["marking"], about["attribution"]) == ("OFFICIAL", "Durham County Council, 2026")


def test_the_description_for_datasette_names_views_facets_and_licence(durham, target):
    write_safe_copy(durham.path, target, with_metadata=True)
    told = json.loads(target.with_name("copy.metadata.json").read_text(encoding="utf-8"))
    assert told["license"].startswith("Contains public sector information")
    tables = told["databases"]["copy"]["tables"]
    assert tables["v_quotes"]["columns"]["text"] and tables["v_quotes"]["facets"]
    with closing(sqlite3.connect(target)) as raw:
        for view, of_view in tables.items():
            names = {name for _, name, *_ in raw.execute(f"pragma table_info({view})")}
            assert set(of_view["columns"]) <= names and set(of_view.get("facets", ())) <= names


def test_every_kind_of_record_that_is_entered_was_thought_of():
    assert set(safe_content._ROWS) | STAYING == ENTERED


def test_every_long_text_that_is_entered_was_thought_of():
    """A new field is to be decided on: left out, or free text that may go out and is looked through."""
    known = {"team", "text", "notes", *safe_content.OWN_PLAN}
    assert known >= {name for kind in ENTERED - STAYING for name in shape(classes()[kind]).texts & LONG_FIELDS}


def test_a_kind_of_record_that_is_not_known_stays_here(durham, target, monkeypatch):
    rows = {kind: rule for kind, rule in safe_content._ROWS.items() if kind != RecordType.AREA_FOR_IMPROVEMENT}
    monkeypatch.setattr(safe_content, "_ROWS", rows)
    made = write_safe_copy(durham.path, target)
    assert made.contents.areas_for_improvement == 0
    told = json.loads(target.with_name("copy.manifest.json").read_text(encoding="utf-8"))
    assert ("area_for_improvement", "", 31) in {(o["record_type"], o["field"], o["count"]) for o in told["left_out"]}


def test_notes_on_facts_of_ones_own_stay_here(durham, target):
    shipped = next(theme for theme in durham.each(Theme) if theme.shipped)
    own = Theme(id=new_id(), name="Ours", note="Zaunkonigin", source="Goldammer")
    durham.apply(Edit((shipped,), (replace(shipped, note="Rotkehlchen"), own)))
    write_safe_copy(durham.path, target)
    assert held(target) == []
    with closing(Store.open(target)) as copy:
        assert copy.get(Theme, own.id) == replace(own, note="", source="")


def test_the_file_is_as_it_was(durham, target):
    before = durham.path.read_bytes()
    write_safe_copy(durham.path, target)
    assert durham.path.read_bytes() == before


@pytest.mark.parametrize("taken", ["copy.sqlite", "copy.manifest.json"])
def test_what_stands_there_is_replaced_only_when_asked(durham, target, taken):
    target.with_name(taken).write_text("A letter")
    with pytest.raises(CannotWrite, match="exists already"):
        write_safe_copy(durham.path, target)
    assert left_in(target) == [taken] and target.with_name(taken).read_text() == "A letter"
    write_safe_copy(durham.path, target, replace=True)
    assert left_in(target) == ["copy.manifest.json", "copy.sqlite"]


def test_the_file_itself_is_never_the_target(durham):
    before = durham.path.read_bytes()
    with pytest.raises(CannotWrite, match="cannot take the place of the file itself"):
        write_safe_copy(durham.path, durham.path, replace=True)
    assert durham.path.read_bytes() == before


@pytest.mark.parametrize("phase", ["Reading", "Choosing", "Making", "Writing", "Checking"])
def test_cancelled_at_any_point_nothing_is_left(durham, target, phase):
    reached = []
    with pytest.raises(Cancelled, match="Nothing was written"):
        write_safe_copy(
            durham.path,
            target,
            on_progress=lambda _share, doing: doing.startswith(phase) and reached.append(doing),
            is_cancelled=lambda: bool(reached),
        )
    assert left_in(target) == []


def test_beside_a_copy_stand_names_that_go_with_it(tmp_path):
    assert beside(tmp_path / "a.b.sqlite")["manifest"] == tmp_path / "a.b.manifest.json"


def test_dates_and_links_survive(durham, target):
    document = durham.each(Document)[0]
    changed = replace(document, published_on=PartialDate(2018, 7))
    durham.apply(Edit((document,), (changed,)))
    write_safe_copy(durham.path, target)
    with closing(Store.open(target)) as copy:
        there = copy.get(Document, document.id)
    assert (there.published_on, there.inspection_ids) == (PartialDate(2018, 7), document.inspection_ids)
