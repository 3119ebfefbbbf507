"""The heading of an inspection: its kind, its dates, and its provider on the right."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import look
from desktop_app.views.plain_text import as_tool_tip, plain_label


class InspectionHead(QWidget):
    """One line; a long name is cut, and whole in its tool tip, before it widens the window."""

    def __init__(self) -> None:
        super().__init__()
        self._name = plain_label("", "heading")
        self._when = plain_label("", "subtle-heading")
        self._provider = plain_label("", "muted")
        for label in (self._name, self._provider):
            label.setMinimumWidth(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(look.space(5), look.space(3), look.space(5), look.space(1))
        line.setSpacing(look.space(2))
        line.addWidget(self._name)
        line.addWidget(self._when)
        line.addStretch(1)
        line.addWidget(self._provider)

    def show_words(self, name: str, when: str, provider: str) -> None:
        """Show another inspection."""
        self._name.setText(name)
        self._name.setToolTip(as_tool_tip(name))
        self._when.setText(when)
        self._provider.setText(provider)
