"""A frameless area that scrolls a form; the keyboard never stops at it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.look import space
from desktop_app.views.labelled import Labelled
from desktop_app.views.naming import name_bars


class _FollowingArea(QScrollArea):
    """Scrolls to whatever gets the focus inside it, by Tab, by a letter or from elsewhere, with its label."""

    def follow(self, old: QWidget | None, new: QWidget | None) -> None:
        """Bring the widget that has the focus now into sight."""
        inner = self.widget()
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
    area = _FollowingArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    name_bars(area, name)
    area.setWidget(inner)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.focusChanged.connect(area.follow)
    return area


def scrolled(inner: QWidget, outer: QWidget, name: str) -> None:
    """Fill `outer` with an area that scrolls `inner`."""
    column = QVBoxLayout(outer)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(scroll_area(inner, name))
