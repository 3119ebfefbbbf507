"""A field with its label, its hint and its error; and the list of errors at the top of a form."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.look import space
from desktop_app.views.announce import announce
from desktop_app.views.plain_text import as_button_text, plain_label, without_mnemonic

PROBLEM = "There is a problem"


class Labelled(QWidget):
    """A label above a field, with a hint in between and a place for an error below.

    `label_text` may hold a mnemonic ("&Title"). A field with `boxes`, such as a date, names them itself.
    """

    def __init__(
        self,
        label_text: str,
        field: Any,
        hint: str = "",
        *,
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field: Any = field
        self._name = without_mnemonic(label_text or getattr(field, "text", str)())
        # On Linux Qt tells a screen reader a combo box's text as its name; the description says which box it is.
        which = f"{self._name}." if isinstance(field, QComboBox) else ""
        self._lasting = " ".join(part for part in (which, "Optional." if optional else "", hint) if part)
        self.label = plain_label(f"{label_text} (optional)" if optional else label_text)
        self.label.setBuddy(field.focusProxy() or field)
        self._hint = plain_label(hint, "muted")
        self._error = plain_label(role="error")
        self._boxes: tuple[QWidget, ...] = getattr(field, "boxes", (field,))
        if not hasattr(field, "boxes"):
            field.setAccessibleName(without_mnemonic(label_text))
        self._lay_out()
        self._hint.setVisible(bool(hint))
        self.clear_error()

    @property
    def name(self) -> str:
        """What the field is called in a sentence, such as "Lead inspector"."""
        return self._name

    @property
    def name_in_deed(self) -> str:
        """The name inside a sentence, without what explains it: "Team, one name a line" is "team"."""
        short = re.split("[,:]", self._name)[0]
        return short if short[:2].isupper() else short[:1].lower() + short[1:]

    @property
    def error(self) -> str:
        """The sentence that stands below the field, empty when nothing is wrong."""
        return self._error.text()

    def show_hint(self, is_shown: bool) -> None:
        """Show the hint, where there is one, or leave it out where it does not apply."""
        self._hint.setVisible(is_shown and bool(self._hint.text()))

    def set_error(self, sentence: str, part: str = "") -> None:
        """Show what is wrong and how to put it right; `part` is the box of a date, as in BadDate."""
        self._error.setText(sentence)
        self._error.setAccessibleName(f"Error: {sentence}" if sentence else "")
        self._error.setVisible(bool(sentence))
        self._describe(f"Error: {sentence}" if sentence else "")
        if sentence and hasattr(self.field, "mark_error"):
            self.field.mark_error(part)
        elif hasattr(self.field, "clear_error"):
            self.field.clear_error()

    def clear_error(self) -> None:
        """Show that nothing is wrong."""
        self.set_error("")

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(space(1))
        for widget in (self.label, self._hint, self.field, self._error):
            rows.addWidget(widget)
        if not self.label.text():  # it keeps its place, so that a box to tick stands level with its neighbours
            keeps = self.label.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            self.label.setSizePolicy(keeps)
            self.label.hide()
        for text in (self._hint, self._error):
            text.setWordWrap(True)
        rows.addStretch()

    def _describe(self, error: str) -> None:
        description = " ".join(part for part in (error, self._lasting) if part)
        for box in self._boxes:
            box.setAccessibleDescription(description)


class ErrorSummary(QFrame):
    """All errors of a form, each a link to its field; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "error-summary")
        self.setAccessibleName(PROBLEM)
        self._links: list[tuple[QPushButton, str]] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(space(4), space(3), space(4), space(3))
        self._rows.setSpacing(space(1))
        self._rows.addWidget(plain_label(PROBLEM, "subheading"))
        self.hide()

    @property
    def links(self) -> tuple[QPushButton, ...]:
        """The links in their order."""
        return tuple(link for link, _ in self._links)

    def set_errors(self, errors: Sequence[tuple[str, QWidget]]) -> None:
        """Show these sentences, each with the field that it is about, and have new ones spoken."""
        before = [sentence for _, sentence in self._links]
        for link, _ in self._links:
            self._rows.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = [(self._link(sentence, field), sentence) for sentence, field in errors]
        self._wrap(self.width())
        self.setVisible(bool(errors))
        sentences = [sentence for sentence, _ in errors]
        if sentences and sentences != before:
            announce(self, f"{PROBLEM}. {'. '.join(sentences)}", is_urgent=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap(event.size().width())

    def _link(self, sentence: str, field: QWidget) -> QPushButton:
        link = QPushButton(self)
        link.setFlat(True)
        link.setProperty("role", "link")
        link.setAccessibleName(sentence)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        link.clicked.connect(lambda: show_field(field))
        self._rows.addWidget(link)
        return link

    def _wrap(self, width_px: int) -> None:
        """Break the sentences into lines, which a button does not do."""
        room_px = width_px - space(13)
        for link, sentence in self._links:
            link.ensurePolished()
            lines = [""]
            for word in sentence.split():
                longer = f"{lines[-1]} {word}".strip()
                if lines[-1] and link.fontMetrics().horizontalAdvance(longer) > room_px:
                    lines.append(word)
                else:
                    lines[-1] = longer
            link.setText(as_button_text("\n".join(lines)))


def show_field(field: QWidget) -> None:
    """Bring a field into sight, through the tabs and scroll areas around it, and focus it."""
    outer = field.parentWidget()
    while outer is not None:
        if isinstance(outer, QTabWidget):
            for page in (outer.widget(index) for index in range(outer.count())):
                if page is not None and page.isAncestorOf(field):
                    outer.setCurrentWidget(page)
        elif isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(field)
        outer = outer.parentWidget()
    field.setFocus(Qt.FocusReason.OtherFocusReason)
