"""The search box of the toolbar: it asks with every letter, and the focus stays in it while results show."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QWidget

from desktop_app import look

LETTERS = 30  # its width
ICON_PX = 16
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QLineEdit):
    """Signals:
    search_requested: Emitted with the text as it stands, after every change and on `start`.
    results_wanted: Emitted when a person goes from the box to the results (Down, Return).
    given_up: Emitted when Escape is pressed; the box is empty already.
    """

    search_requested = Signal(str)
    results_wanted = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Search")
        self.setAccessibleDescription("Down goes to the results, Escape clears")
        self.setPlaceholderText("Search (Ctrl+F)")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setTextMargins(ICON_PX + look.space(1), 0, 0, 0)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName("Clear the search")
        self.textChanged.connect(self.search_requested)
        look.signals.changed.connect(self.update)

    def start(self) -> None:
        """Put the focus here, with what stands here marked, and search for it again."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.search_requested.emit(self.text())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * LETTERS + 2 * ICON_PX, hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * LETTERS // 2, hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Down, *_RETURNS):
            self.results_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRect(look.space(2), (self.height() - ICON_PX) // 2, ICON_PX, ICON_PX)
        look.icon("search", "muted").paint(painter, place)
        painter.end()
