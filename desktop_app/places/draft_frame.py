"""What the window that confirms a report looks like: the rows, the field below them, the report beside them."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop_app import look
from desktop_app.places.draft_report import DraftReport
from desktop_app.views.draft_editor import DraftEditor
from desktop_app.views.draft_rows import DraftRows
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.naming import name_bars, name_handle
from desktop_app.views.plain_text import plain_label, wrapped_label

KEYS = (
    "Enter accepts, typing corrects, F2 changes a letter, Esc leaves open, Del leaves out, Ins adds an area, "
    "F6 goes to the report."
)
_USUAL_PX = QSize(1360, 840)
_OF_THE_WINDOW = 0.97
_SHARES = (57, 43)
_DETAIL_LINES = 5


class DraftFrame(QDialog):
    """The parts and where they stand; `DraftDialog` says what they do."""

    def __init__(self, report: DraftReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New inspection from a report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.report = report
        self.said, self.notice = plain_label("", "subheading"), wrapped_label("", "subheading")
        self.error = wrapped_label("", "error")
        self.rows, self.editor, self.detail = DraftRows(), DraftEditor(), QPlainTextEdit()
        self.certain_button = _button("Accept all that is &certain")
        self.more_button = _button("Add an area b&y hand…")
        self.replace_button = _button("&Replace what the file says")
        self.throw_away_button = _button("Thr&ow away…")
        self.later_button = _button("Keep for &later")
        self.add_button = _button("&Add the inspection")
        self.add_button.setProperty("role", "primary")
        self._make_detail()
        self._lay_out()
        self._take_size()
        for keys, deed in (("F6", self.go_to_other_pane), ("Ctrl+T", self.report.switch_view)):
            QShortcut(QKeySequence(keys), self).activated.connect(deed)

    def _make_detail(self) -> None:
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName("The printed lines and the doubts of this row")
        name_bars(self.detail, "the printed lines")
        self.detail.setFixedHeight(self.fontMetrics().lineSpacing() * _DETAIL_LINES + 14)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(look.space(4), look.space(3), look.space(3), 0)
        column.setSpacing(look.space(2))
        column.addWidget(self.said)
        column.addWidget(wrapped_label(KEYS, "muted"))
        column.addWidget(self.notice)
        column.addWidget(self.rows, 1)
        tools = FlowLayout(gap_px=look.space(2))
        for button in (self.certain_button, self.more_button, self.replace_button):
            tools.addWidget(button)
        column.addLayout(tools)
        for part in (self.editor, self.detail, self.error):
            column.addWidget(part)
        self.error.hide()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.report)
        self.splitter.setChildrenCollapsible(False)
        name_handle(self.splitter, "Rows and report")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, look.space(3))
        outer.addWidget(self.splitter, 1)
        outer.addLayout(self._line_of_buttons())

    def _line_of_buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(look.space(4), look.space(2), look.space(4), 0)
        line.addWidget(self.throw_away_button)
        line.addStretch(1)
        line.addWidget(self.later_button)
        line.addWidget(self.add_button)
        return line

    def _take_size(self) -> None:
        parent = self.parentWidget()
        room = parent.window().size() * _OF_THE_WINDOW if parent else _USUAL_PX
        self.resize(room.boundedTo(_USUAL_PX))
        width_px = self.width()
        self.splitter.setSizes([width_px * share // 100 for share in _SHARES])

    def go_to_other_pane(self) -> None:
        """Put the focus into the report, or back into the rows or the field below them."""
        if self.report.isAncestorOf(self.focusWidget() or self):
            self.focus_rows()
        else:
            self.report.focus_words()

    def focus_rows(self) -> None:
        """Go on in the field that is open, or in the rows."""
        wanted = self.editor if self.editor.isVisible() else self.rows
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter presses the button that has the focus and no other: nothing is written by an Enter meant for a text.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused := self.focusWidget(), QPushButton):
            focused.click()


def connect(button: QPushButton, deed: Callable[[], object]) -> None:
    """Have a button do something, whatever Qt hands over with its click."""
    button.clicked.connect(lambda: deed())


def _button(words: str) -> QPushButton:
    made = QPushButton(words)
    made.setAutoDefault(False)
    return made
