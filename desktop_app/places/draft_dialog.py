"""Confirm what a report says: each field with its line, by keyboard; then one deed adds the inspection."""

import hashlib
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from db.drafts import Fields, Typed
from db.errors import RuleBroken, StoreError
from db.records import Inspection
from db.report_drafts import KeptReport, ReportDrafts
from desktop_app import ask
from desktop_app.forms.document import display_name
from desktop_app.places import draft_words
from desktop_app.places.draft_correcting import DraftCorrecting
from desktop_app.places.draft_edit import Kept, edit_of
from desktop_app.places.draft_fields import Field
from desktop_app.places.draft_frame import connect
from desktop_app.places.draft_keeping import AFTER_KEY_MS, DraftKeeping
from desktop_app.places.draft_kept import put_back, rows_of
from desktop_app.places.draft_reading import ReadReport
from desktop_app.places.draft_states import State
from desktop_app.settings import Settings
from desktop_app.views.announce import announce
from desktop_app.views.moments import in_words
from desktop_app.workspace import Workspace

_EDITED = "row"


class DraftDialog(DraftCorrecting):
    """Signals:
    added: Emitted with the Inspection once it is written; the dialog closes before it.
    told: Emitted with a sentence for the status line.
    """

    added = Signal(object)
    told = Signal(str)

    def __init__(
        self, workspace: Workspace, settings: Settings, read: ReadReport, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace.store, workspace.lists, read, parent)
        self._workspace, self._settings, self._read = workspace, settings, read
        self._sha256 = hashlib.sha256(read.content).hexdigest()
        self._drafts = ReportDrafts(workspace.store.path)
        self._was_begun = False
        self._keeping = DraftKeeping(self._drafts, read.content, self._now, self)
        self._keeping.told.connect(self.show_error)
        self.changed.connect(self._keeping.keep_soon)
        self.editor.edited.connect(lambda: self._keeping.keep_soon(AFTER_KEY_MS))
        connect(self.throw_away_button, self.throw_away)
        connect(self.later_button, self.reject)
        connect(self.add_button, self.add)
        self._go_on_from(self._drafts.of(self._sha256))

    def _go_on_from(self, kept: KeptReport | None) -> None:
        """Have the rows stand as they were left."""
        self.show_all()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        if kept is None:
            return
        self._was_begun = True
        typing = put_back(self.confirming, kept.rows)
        self.kept_words = f"It goes on where it was left, {in_words(kept.moment)}."
        self.go_on(after=-1)
        edited = typing.get(_EDITED)
        if edited is not None and self.confirming.has(str(edited.text)):
            self.rows.go_to(self.confirming.place_of(str(edited.text)))
            self.edit("")
            self.editor.put_typed({name: typed.text for name, typed in typing.items() if name != _EDITED})

    def _now(self) -> KeptReport | None:
        typing = self._typing()
        self._was_begun = self._was_begun or self.confirming.is_begun or bool(typing)
        if not self._was_begun:
            return None
        rows, moment = rows_of(self.confirming, typing), datetime.now(UTC)
        return KeptReport(self._sha256, self._read.name, draft_words.progress(self.confirming), rows, moment)

    def _typing(self) -> Fields:
        if self.edited is None or not self.editor.is_changed:
            return {}
        return {_EDITED: Typed(self.edited), **{name: Typed(value) for name, value in self.editor.typed().items()}}

    def add(self) -> None:
        """Write what is confirmed as one deed, and close; a refusal is said and nothing is written."""
        if not self.settle():
            return
        workspace, known = self._workspace, self.confirming.known
        confirmed = self.confirming.confirmed()
        if known is None and (
            missing := next((key for key in ("provider", "kind") if not confirmed.values.get(key)), "")
        ):
            self._refuse(f"Accept or enter the {missing} first.", missing)
            return
        try:
            workspace.guard()
            kept = Kept(display_name(self._read.name), workspace.store.keep_file(self._read.content))
            edit, inspection = edit_of(workspace.store, workspace.lists, self.confirming.draft, confirmed, kept, known)
            workspace.do("Add inspection from a report", edit)
        except StoreError as error:
            self._refuse(str(error), error.field if isinstance(error, RuleBroken) else "")
            return
        self._settings.last_provider, self._settings.last_kind = inspection.provider_id, inspection.kind_id
        self._keeping.forget(self._sha256)
        self.accept()
        self.added.emit(inspection)

    def reject(self) -> None:
        """Close; what was made of the rows is kept, to go on with it later."""
        if not (self.confirming.is_begun or self._typing()):
            self._keeping.forget(self._sha256)
            super().reject()
            return
        error = self._keeping.keep_now()
        question = "What you confirmed cannot be kept. Close all the same?"
        if error is None or ask.whether(self, question, str(error), "Close and lose it"):
            super().reject()
        if error is None:
            words = f"{draft_words.called(self._read.name)} is kept, {draft_words.progress(self.confirming)}."
            self.told.emit(f"{words} Go on with it under File, New inspection from a report.")

    def throw_away(self) -> None:
        """Close and keep nothing; where something is confirmed, ask first."""
        done = sum(self.confirming.state(one) is not State.OPEN for one in self.confirming.fields)
        details = f"{_rows(done)} that you went through will be lost. Nothing was written to the file."
        is_begun = self.confirming.is_begun or self._typing()
        if not is_begun or ask.whether(self, "Throw away what you confirmed?", details, "Throw away"):
            self._keeping.forget(self._sha256)
            super().reject()

    def _refuse(self, sentence: str, key: str) -> None:
        self.show_error(sentence)
        if self.confirming.has(key):
            self.rows.go_to(self.confirming.place_of(key))
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, field: Field) -> None:
        """Say how far it is, all that is known of a row, and whether the inspection is there already."""
        super().tell(field)
        self.said.setText(f"{draft_words.called(self._read.name)}: {draft_words.progress(self.confirming)}")
        self.replace_button.setVisible(self.confirming.known is not None)
        self.replace_button.setEnabled(self.confirming.differs(field))
        is_replaced = field.key in self.confirming.replaced
        self.replace_button.setText("Let the file stand (&R)" if is_replaced else "&Replace what the file says")
        self._tell_of_known(self.confirming.known.inspection if self.confirming.known else None)

    def _tell_of_known(self, known: Inspection | None) -> None:
        before = self.notice.text()
        words = self._workspace.lists.name_of(known) if known else ""
        said = f"The file has this inspection already: {words}. Only what is empty is filled." if known else ""
        said = " ".join(part for part in (self.kept_words, said) if part)
        self.notice.setText(said)
        self.notice.setVisible(bool(said))
        self.add_button.setText("&Add to the inspection" if known else "&Add the inspection")
        if said and said != before:
            announce(self, said)


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"
