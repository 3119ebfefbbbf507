"""Names what a timeline cannot draw, since none of its dates is known, so that nothing is lost."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from db.timeline import Undated
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import as_button_text, as_tool_tip, plain_label

MOST_UNDATED = 4


class UndatedButtons(QObject):
    """The last part of a row of widgets: a button for each.

    Signals:
        wanted: Emitted with the id of the inspection or event whose button is pressed.
    """

    wanted = Signal(str)

    def __init__(self, row: QWidget, flow: FlowLayout) -> None:
        super().__init__(row)
        self._flow = flow
        self._shown: list[QWidget] = []
        self.buttons: list[QPushButton] = []

    def show_undated(self, undated: tuple[Undated, ...]) -> None:
        """Show a button for each, after what stands in the row."""
        for widget in self._shown:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown, self.buttons = [], []
        if not undated:
            return
        head = plain_label("Without a date:", "muted")
        head.setMinimumHeight(round(head.fontMetrics().height() * 1.3))  # as high as a mark of the legend
        self._show(head)
        for one in undated[:MOST_UNDATED]:
            self._show(self._button(one))
        if len(undated) > MOST_UNDATED:
            self._show(plain_label(f"and {len(undated) - MOST_UNDATED} more", "muted"))

    def _show(self, widget: QWidget) -> None:
        self._shown.append(widget)
        self._flow.addWidget(widget)

    def _button(self, undated: Undated) -> QPushButton:
        button = QPushButton(as_button_text(undated.label))
        button.setProperty("role", "link")
        button.setAccessibleName(f"{undated.label}, without a date")
        button.setToolTip(as_tool_tip("Show what is known of it"))
        button.clicked.connect(lambda: self.wanted.emit(undated.inspection_id))
        self.buttons.append(button)
        return button
