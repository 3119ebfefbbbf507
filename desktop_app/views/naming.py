"""Names for the parts of a widget that Qt leaves nameless."""

from PySide6.QtWidgets import QAbstractScrollArea, QSplitter


def name_bars(area: QAbstractScrollArea, name: str) -> None:
    """Name the scroll bars of an area."""
    area.verticalScrollBar().setAccessibleName(f"Scroll {name}")
    area.horizontalScrollBar().setAccessibleName(f"Scroll {name} sideways")


def name_handle(splitter: QSplitter, name: str) -> None:
    """Name a splitter and the handles between its parts."""
    splitter.setAccessibleName(name)
    for place in range(1, splitter.count()):
        splitter.handle(place).setAccessibleName(f"Resize {name.lower()}")
