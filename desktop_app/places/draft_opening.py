"""The ways to a report's draft: a file, pasted text, or one that was begun before."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from db.report_drafts import KeptReport, ReportDrafts
from db.snapshot import Cancelled
from desktop_app import ask
from desktop_app.jobs import Job
from desktop_app.places.draft_dialog import DraftDialog
from desktop_app.places.draft_reading import PASTED, ReadReport, as_content, read_content, read_path
from desktop_app.places.draft_words import called
from desktop_app.reading.page_values import CannotRead
from desktop_app.settings import Settings
from desktop_app.views.progress_dialog import wait_for
from desktop_app.workspace import Workspace

_BY_HAND = "You can still add the inspection by hand and keep the report among its documents."
_READ_ONLY = "This file is open for reading only, so no inspection can be added to it."
_IS_GONE = "The report itself is no longer kept. Choose it again: what you confirmed of it is still there."


def look_at(workspace: Workspace, settings: Settings, window: QWidget, path: Path) -> DraftDialog | None:
    """Read a report and open what it says for confirming; None where nothing could be read, or nobody wants it."""
    return _open(workspace, settings, window, path.name, lambda job: read_path(path, job))


def look_at_text(workspace: Workspace, settings: Settings, window: QWidget, text: str) -> DraftDialog | None:
    """The same for the pasted words of a report or a letter."""
    return _open(workspace, settings, window, PASTED, lambda job: read_content(as_content(text), PASTED, job))


def go_on_with(workspace: Workspace, settings: Settings, window: QWidget, kept: KeptReport) -> DraftDialog | None:
    """Read a report again that was begun before, and go on where it was left."""
    content = ReportDrafts(workspace.store.path).content(kept.sha256)
    if content is None:
        ask.tell(window, f"{kept.name} could not be opened. {_IS_GONE}")
        return None
    return _open(workspace, settings, window, kept.name, lambda job: read_content(content, kept.name, job))


def _open(
    workspace: Workspace, settings: Settings, window: QWidget, name: str, read: Callable[[Job], ReadReport]
) -> DraftDialog | None:
    if workspace.is_read_only:
        ask.tell(window, _READ_ONLY)
        return None
    shown = called(name)
    try:
        found = wait_for(window, f"Reading {shown}", read)
    except Cancelled:
        return None
    except CannotRead as error:
        ask.tell(window, f"{shown} could not be read. {error}", _BY_HAND)
        return None
    dialog = DraftDialog(workspace, settings, found, window)
    dialog.open()
    return dialog
