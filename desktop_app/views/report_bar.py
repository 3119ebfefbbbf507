"""The bar above a report: which document, which page and paragraph, find, zoom, and Picture or Text."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.fields import ChoiceField
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import plain_label

_SMALL = "QToolButton { padding: 4px 8px; } QToolButton:focus { padding: 3px 7px; }"  # than the sheet of all buttons
PICTURE, TEXT = "picture", "text"


class GoBox(QLineEdit):
    """A few letters that are acted on by Return, forwards or with Shift backwards.

    Signals:
        entered: Emitted with 1, or -1 for backwards.
        words_wanted: Emitted when Escape asks to go back to the words.
    """

    entered = Signal(int)
    words_wanted = Signal()

    def __init__(self, name: str, width_letters: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * (width_letters + 1) + 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.words_wanted.emit()
        else:
            super().keyPressEvent(event)

    def number(self) -> int | None:
        """The whole number that stands here; None for anything else."""
        typed = self.text().strip()
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None


class ReportBar(QWidget):
    """Signals:
    document_chosen: Emitted with the id of the document that a person wants to see.
    page_wanted: Emitted with a page.
    paragraph_wanted: Emitted with a printed number.
    find_wanted: Emitted with words and with 1 for the next place, -1 for the one before.
    zoom_wanted: Emitted with 1 for larger, -1 for smaller, 0 for as wide as the pane.
    view_chosen: Emitted with PICTURE or TEXT.
    close_wanted: Emitted when a person wants the pane away.
    words_wanted: Emitted when a person has gone where they wanted, and wants to read there.
    told: Emitted with a sentence about what was entered.
    """

    document_chosen = Signal(str)
    page_wanted = Signal(int)
    paragraph_wanted = Signal(int)
    find_wanted = Signal(str, int)
    zoom_wanted = Signal(int)
    view_chosen = Signal(str)
    close_wanted = Signal()
    words_wanted = Signal()
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.document = ChoiceField(width_letters=12)
        self.document.setAccessibleName("Document to show")
        self.document.edited.connect(lambda: self.document_chosen.emit(self.document.value() or ""))
        self.page = GoBox("Go to page", 3)
        self.page.entered.connect(self._on_page)
        self.paragraph = GoBox("Go to paragraph", 3)
        self.paragraph.entered.connect(self._on_paragraph)
        self.find_box = GoBox("Find in the report", 14)
        self.find_box.entered.connect(lambda step: self.find_wanted.emit(self.find_box.text(), step))
        for box in (self.page, self.paragraph, self.find_box):
            box.words_wanted.connect(self.words_wanted)
        self.page_count, self.found, self.zoom = plain_label("", "muted"), plain_label("", "muted"), plain_label()
        self._views = QButtonGroup(self)
        self._lay_out()
        self.show_page(0, 0)

    def _lay_out(self) -> None:
        self.close_button = self._button("×", "Hide the report (Ctrl+R)", self.close_wanted.emit)
        head = QHBoxLayout()
        head.setSpacing(look.space(1))
        head.addWidget(self.document, 1)
        head.addWidget(self.close_button)
        tools = FlowLayout(gap_px=look.space(2))
        tools.addWidget(self._group(_named("Page", self.page), self.page, self.page_count))
        tools.addWidget(self._group(_named("Paragraph", self.paragraph), self.paragraph))
        self.views = {
            PICTURE: self._view("Picture", PICTURE),
            TEXT: self._view("Text", TEXT),
        }
        tools.addWidget(self._group(*self.views.values()))
        self.zooming = self._group(
            self._button("−", "Smaller (Ctrl+−)", lambda: self.zoom_wanted.emit(-1)),
            self.zoom,
            self._button("+", "Larger (Ctrl++)", lambda: self.zoom_wanted.emit(1)),
            self._button("Fit", "As wide as the pane (Ctrl+0)", lambda: self.zoom_wanted.emit(0)),
        )
        tools.addWidget(self.zooming)
        before = self._button(
            "‹", "Previous place (Shift+Return)", lambda: self.find_wanted.emit(self.find_box.text(), -1)
        )
        after = self._button("›", "Next place (Return)", lambda: self.find_wanted.emit(self.find_box.text(), 1))
        tools.addWidget(self._group(_named("Find", self.find_box), self.find_box, before, after, self.found))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(3), look.space(2), look.space(3), look.space(2))
        column.setSpacing(look.space(2))
        column.addLayout(head)
        column.addLayout(tools)

    def _group(self, *widgets: QWidget) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.space(1))
        for widget in widgets:
            line.addWidget(widget)
        return holder

    def _button(self, text: str, name: str, deed: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name.partition(" (")[0])
        button.setToolTip(name)
        button.setStyleSheet(_SMALL)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: deed())
        return button

    def _view(self, text: str, view: str) -> QToolButton:
        button = self._button(text, f"Show the report as {text.lower()}", lambda: self.view_chosen.emit(view))
        button.setCheckable(True)
        button.setProperty("role", "segment")
        self._views.addButton(button)
        return button

    def keep_to_one(self) -> None:
        """Offer no other document, and no way to hide this one."""
        self.document.hide()
        self.close_button.hide()

    def show_documents(self, choices: Sequence[tuple[str, str]], shown: str) -> None:
        """Offer these documents, by id and title."""
        self.document.set_choices(list(choices))
        self.document.set_value(shown)

    def show_view(self, view: str, has_pages: bool) -> None:
        """Say how the document is shown; one without pages has no picture."""
        self.views[view].setChecked(True)
        self.views[PICTURE].setEnabled(has_pages)
        self.zooming.setVisible(view == PICTURE)
        self.page.setEnabled(has_pages)

    def show_page(self, page: int, count: int) -> None:
        """Say which page of how many stands in the middle."""
        if not self.page.hasFocus():
            self.page.setText(str(page or ""))
        self.page_count.setText(f"of {count}" if count else "")

    def show_zoom(self, zoom: float) -> None:
        """Say how large the pages are shown."""
        self.zoom.setText(f"{zoom:.0%}")
        self.zoom.setAccessibleName(f"Zoom {zoom:.0%}")

    def show_found(self, place: int, count: int, is_more: bool = False) -> None:
        """Say which place of how many a search shows; nothing for no search."""
        words = (
            f"{place} of {count:,}{'+' if is_more else ''}" if count else "none" if self.find_box.text().strip() else ""
        )
        self.found.setText(words)

    def _on_page(self, _: int) -> None:
        number = self.page.number()
        if number is None:
            self.told.emit("Enter the page as a whole number, like 3")
        else:
            self.page_wanted.emit(number)
            self.words_wanted.emit()

    def _on_paragraph(self, _: int) -> None:
        number = self.paragraph.number()
        if number is None:
            self.told.emit("Enter the paragraph as a whole number, like 33")
        else:
            self.paragraph_wanted.emit(number)
            self.words_wanted.emit()


def _named(text: str, field: QWidget) -> QLabel:
    label = plain_label(text, "muted")
    label.setBuddy(field)
    return label
