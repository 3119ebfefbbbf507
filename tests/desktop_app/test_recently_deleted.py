"""Recently deleted: what comes back, and what is said where it cannot."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.edit import Edit
from db.overview import removal
from db.records import Inspection, Quote
from db.store import Store
from desktop_app.places.recently_deleted import RecentlyDeletedDialog
from desktop_app.workspace import Workspace


@pytest.fixture
def workspace(sample_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


def test_a_refused_restore_keeps_the_dialog_and_says_why(qtbot: Any, workspace: Workspace) -> None:
    quote = workspace.store.each(Quote)[0]
    inspection = workspace.store.get(Inspection, quote.inspection_id)
    assert inspection is not None
    workspace.do("Remove quote", Edit(before=(quote,)))
    workspace.do("Remove inspection", removal(workspace.store, inspection))
    dialog = RecentlyDeletedDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.message.isVisible()

    dialog.list.setCurrentRow(1)
    dialog.restore()
    assert dialog.isVisible() and dialog.list.count() == 2
    assert dialog.message.isVisible() and dialog.message.property("role") == "error"
    assert dialog.message.text().startswith("This could not be put back. ")

    dialog.list.setCurrentRow(0)
    dialog.restore()
    assert not dialog.message.isVisible()
    dialog.restore()
    assert workspace.store.get(Quote, quote.id) == quote
    assert dialog.list.count() == 0
