"""A frameless area that scrolls a form; the keyboard never stops at it."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.look import space
from desktop_app.views.labelled import Labelled
from desktop_app.views.naming import name_bars


class _FollowingArea(QScrollArea):
    """Scrolls to whatever gets the focus inside it, by Tab, by a letter or from elsewhere, with its label.

    The form is taken to be scrolled when it is first measured or shown: to take it is to measure it, so all of it is
    dressed by the style sheet, and dressed again whenever what holds the area is put into something.
    """

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner: QWidget | None = inner
        inner.setParent(self.viewport())

    def widget(self) -> QWidget | None:
        self._take()
        return super().widget()

    def sizeHint(self) -> QSize:
        self._take()
        return super().sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        self._take()
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.follow(None, QApplication.focusWidget()))

    def _take(self) -> None:
        if (inner := self._inner) is not None:
            self._inner = None
            self.setWidget(inner)

    def follow(self, old: QWidget | None, new: QWidget | None) -> None:
        """Bring the widget that has the focus now into sight."""
        inner = self.widget() if self.isVisible() else None  # before it is shown nothing has its place yet
        if new is None or inner is None or not inner.isAncestorOf(new):
            return
        block = new
        while block is not inner and not isinstance(block, Labelled):
            parent = block.parentWidget()
            if parent is None:
                break
            block = parent
        self.ensureWidgetVisible(new if block is inner else block, 0, space(2))
        self.ensureWidgetVisible(new, 0, space(2))


def scroll_area(inner: QWidget, name: str) -> QScrollArea:
    """An area that scrolls `inner`; `name` tells a screen reader what scrolls."""
    area = _FollowingArea(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    name_bars(area, name)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.focusChanged.connect(area.follow)
    return area


def scrolled(inner: QWidget, outer: QWidget, name: str) -> None:
    """Fill `outer` with an area that scrolls `inner`."""
    column = QVBoxLayout(outer)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(scroll_area(inner, name))
