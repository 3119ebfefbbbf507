"""A frameless area that scrolls a form; the keyboard never stops at it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QVBoxLayout, QWidget


def scrolled(inner: QWidget | None, outer: QWidget, name: str) -> QScrollArea:
    """Fill `outer` with an area that scrolls `inner`; `name` tells a screen reader what scrolls."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    name_bars(area, name)
    if inner is not None:
        area.setWidget(inner)
    column = QVBoxLayout(outer)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(area)
    return area


def name_bars(area: QAbstractScrollArea, name: str) -> None:
    """Name the scroll bars of an area."""
    area.verticalScrollBar().setAccessibleName(f"Scroll {name}")
    area.horizontalScrollBar().setAccessibleName(f"Scroll {name} sideways")
