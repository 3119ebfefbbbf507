"""Which movement of the cursor asks for which step on a timeline, and which keys zoom and pan it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from desktop_app.views.timeline_geometry import TimelineGeometry
from desktop_app.views.timeline_walk import Step

Action = QAbstractItemView.CursorAction
STEPS = {
    Action.MoveLeft: Step.BACK,
    Action.MovePrevious: Step.BACK,
    Action.MoveRight: Step.ON,
    Action.MoveNext: Step.ON,
    Action.MoveUp: Step.UP,
    Action.MoveDown: Step.DOWN,
    Action.MovePageUp: Step.TOP,
    Action.MovePageDown: Step.BOTTOM,
    Action.MoveHome: Step.FIRST,
    Action.MoveEnd: Step.LAST,
}
_SHIFT, _LARGE = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
)
_PANS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def zoomed(view: TimelineGeometry, event: QKeyEvent) -> bool:
    """Do what a key asks for: "+" and "-" zoom, "0" fits all, Shift and an arrow pan; False for another key."""
    modifiers = event.modifiers()
    if modifiers & _SHIFT and event.key() in _PANS:
        view.pan_by(_PANS[Qt.Key(event.key())])
    elif modifiers & _LARGE:
        return False
    elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        view.zoom_by(1)
    elif event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
        view.zoom_by(-1)
    elif event.key() == Qt.Key.Key_0:
        view.fit_all()
    else:
        return False
    return True
