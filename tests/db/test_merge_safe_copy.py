"""A safe copy that comes back: what it lacks never counts as changed, and nothing is lost by it."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from db import merge_sides
from db.edit import Edit
from db.merge import preview
from db.records import Document, Inspection
from db.safe_content import Choice
from db.safe_copy import write_safe_copy
from db.store import Store


@pytest.fixture
def durham(sample_file, tmp_path):
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    yield opened
    opened.close()


def with_notes(store):
    return next(one for one in store.each(Inspection) if one.notes)


@pytest.fixture(params=["all", "only"])
def safe_copy(request, durham, tmp_path):
    ids = frozenset({with_notes(durham).id}) if request.param == "only" else None
    return write_safe_copy(durham.path, tmp_path / "copy.sqlite", Choice(ids)).path


def test_an_untouched_safe_copy_changes_nothing(durham, safe_copy):
    with closing(preview(durham, safe_copy)) as merge:
        assert merge.is_empty


def test_what_was_changed_there_comes_in_and_notes_and_links_stay(durham, safe_copy):
    was = with_notes(durham)
    with closing(Store.open(safe_copy)) as copy:
        there = copy.get(Inspection, was.id)
        document = copy.each(Document)[0]
        copy.apply(Edit((there, document), (replace(there, title="Theirs"), replace(document, publisher="Theirs"))))
    before = durham.get(Document, document.id)
    with closing(preview(durham, safe_copy)) as merge:
        assert merge.conflicts == ()
        durham.apply(merge.edit({}), merge.label)
    assert durham.get(Inspection, was.id) == replace(was, title="Theirs")
    assert durham.get(Document, document.id) == replace(before, publisher="Theirs")


def test_changes_on_both_sides_stand_beside_each_other(durham, safe_copy):
    was = with_notes(durham)
    with closing(Store.open(safe_copy)) as copy:
        there = copy.get(Inspection, was.id)
        copy.apply(Edit((there,), (replace(there, title="Theirs"),)))
    durham.apply(Edit((was,), (replace(was, theme="Ours"),)))
    with closing(preview(durham, safe_copy)) as merge:
        assert merge.conflicts == ()
        durham.apply(merge.edit({}), merge.label)
    assert durham.get(Inspection, was.id) == replace(was, title="Theirs", theme="Ours")


def test_without_filling_what_it_lacks_notes_would_go(durham, safe_copy, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(merge_sides.Side, "filled_from", lambda theirs, _ours: theirs)
    with closing(preview(durham, safe_copy)) as merge:
        assert with_notes(durham).id in {one.id for one in merge.changed_there if not one.notes}
