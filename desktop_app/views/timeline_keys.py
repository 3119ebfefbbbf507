"""Which movement of the cursor asks for which step on a timeline."""

from PySide6.QtWidgets import QAbstractItemView

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
