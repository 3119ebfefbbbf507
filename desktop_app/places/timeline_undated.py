"""Names what a timeline cannot draw, since none of its dates is known, so that nothing is lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from db.timeline import Undated
from desktop_app import look
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import as_button_text, as_tool_tip, plain_label

MOST_UNDATED = 4


class UndatedRow(QWidget):
    """Signals:
    wanted: Emitted with the id of the inspection or event whose button is pressed.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap_px=look.space(2))
        self.buttons: list[QPushButton] = []

    def show_undated(self, undated: tuple[Undated, ...]) -> None:
        """Show a button for each; none hides the row."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        self.setVisible(bool(undated))
        if not undated:
            return
        self._flow.addWidget(plain_label("Without a date:", "muted"))
        for one in undated[:MOST_UNDATED]:
            self._flow.addWidget(self._button(one))
        if len(undated) > MOST_UNDATED:
            self._flow.addWidget(plain_label(f"and {len(undated) - MOST_UNDATED} more", "muted"))

    def _button(self, undated: Undated) -> QPushButton:
        button = QPushButton(as_button_text(undated.label))
        button.setProperty("role", "link")
        button.setAccessibleName(f"{undated.label}, without a date")
        button.setToolTip(as_tool_tip("Show what is known of it"))
        button.clicked.connect(lambda: self.wanted.emit(undated.inspection_id))
        self.buttons.append(button)
        return button
