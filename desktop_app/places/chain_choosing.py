"""The dialogs of a chain: a quote of a later report, an earlier area for improvement, the note of a verdict."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.chain import Chains
from db.chain_history import event_of
from db.chain_proposals import likest_first
from db.improvement_records import Verdict
from db.improvement_words import short_inspection
from db.records import TONES, AreaForImprovement, Inspection, Quote, Record
from desktop_app import ask
from desktop_app.places.chain_picker import ChainPicker
from desktop_app.tables.record_list import Card
from desktop_app.views.fields import TextBox
from desktop_app.views.labelled import Labelled
from desktop_app.workspace import Workspace


class Choosing:
    """Asks for one thing, and hands over what was chosen."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        self._workspace, self._parent = workspace, parent

    def quote(self, inspection: Inspection, area: AreaForImprovement, on_chosen: Callable[[Quote], object]) -> None:
        """Ask which quote of an inspection speaks of an area."""
        quotes = self._workspace.store.each(Quote, inspection_id=inspection.id)
        name = short_inspection(self._workspace.lists, event_of(inspection))
        if not quotes:
            ask.tell(
                self._parent,
                f"No quotes of {name} are recorded yet.",
                "Open the inspection and add the sentence under Quotes, then link it here.",
            )
            return
        self._pick(f"Quotes of {name}", self._like(area, quotes), _quote_card, "Link this quote", on_chosen)

    def earlier(
        self, area: AreaForImprovement, chains: Chains, on_chosen: Callable[[AreaForImprovement], object]
    ) -> None:
        """Ask which earlier area an area repeats."""
        inspections, earlier = before(self._workspace, area)
        linked = set(chains.earlier.get(area.id, ()))
        found = [one for one in earlier if one.id not in linked]
        if not found:
            ask.tell(self._parent, "No earlier inspection of this provider has areas for improvement.")
            return
        lists = self._workspace.lists

        def card(record: Record) -> Card:
            assert isinstance(record, AreaForImprovement)
            name = short_inspection(lists, event_of(inspections[record.inspection_id]))
            themes = ", ".join(lists.themes[key].name for key in record.theme_ids if key in lists.themes)
            return Card(head=name, words=record.text, below=themes)

        self._pick("Earlier areas for improvement", self._like(area, found), card, "Link this one", on_chosen)

    def note(self, verdict: Verdict, on_written: Callable[[str], object]) -> None:
        """Ask for the note of a verdict."""
        NoteDialog(verdict.text, on_written, self._parent).open()

    def _like(self, area: AreaForImprovement, records: Sequence[AreaForImprovement | Quote]) -> Sequence[Record]:
        return likest_first(area, records, self._workspace.lists.themes.values())

    def _pick(
        self,
        title: str,
        records: Sequence[Record],
        card_of: Callable[[Record], Card],
        choose: str,
        on_chosen: Callable[..., object],
    ) -> None:
        picker = ChainPicker(title, records, card_of, choose, self._parent)
        picker.chosen.connect(on_chosen)
        picker.open()


class NoteDialog(QDialog):
    """A few lines beside a verdict."""

    def __init__(self, words: str, on_written: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Note of a verdict")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 80, self.fontMetrics().lineSpacing() * 14)
        self.words = TextBox(rows=5)
        self.words.set_value(words)
        self._on_written = on_written
        save, cancel = QPushButton("Save"), QPushButton("Cancel")
        save.setDefault(True)
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(save)
        column = QVBoxLayout(self)
        hint = "Such as a sentence that is not recorded as a quote, with its page and paragraph. It goes out in copies."
        column.addWidget(Labelled("&Note", self.words, hint=hint), 1)
        column.addLayout(line)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.accept()
        self._on_written(self.words.value())


def before(workspace: Workspace, area: AreaForImprovement) -> tuple[dict[str, Inspection], list[AreaForImprovement]]:
    """The inspections of an area's provider by their ids, and the areas for improvement of those before its own."""
    inspections = of_provider(workspace, area)
    own = event_of(inspections[area.inspection_id]).day
    earlier = (one for one in inspections.values() if event_of(one).day < own)
    return inspections, _areas(workspace, earlier)


def of_provider(workspace: Workspace, area: AreaForImprovement) -> dict[str, Inspection]:
    """All inspections of the provider that an area is about."""
    store = workspace.store
    own = store.get(Inspection, area.inspection_id)
    return {one.id: one for one in store.each(Inspection, provider_id=own.provider_id)} if own else {}


def _areas(workspace: Workspace, inspections: Iterable[Inspection]) -> list[AreaForImprovement]:
    newest_first = sorted(inspections, key=lambda one: event_of(one).day, reverse=True)
    return [area for one in newest_first for area in workspace.store.each(AreaForImprovement, inspection_id=one.id)]


def _quote_card(record: Record) -> Card:
    assert isinstance(record, Quote)
    parts = (("page", record.page), ("paragraph", record.paragraph))
    place = ", ".join(f"{name} {number}" for name, number in parts if number)
    tone = TONES.get(record.tone or "", "")
    return Card(words=record.text, below=" · ".join(part for part in (place, record.speaker, tone) if part))
