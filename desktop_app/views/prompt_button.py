"""A button whose letter presses it at once."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton


class PromptButton(QPushButton):
    """Qt lets a button that its letter presses look pressed for a tenth of a second first: a quick typist's next
    letters would still go to the field before."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Shortcut and self.isEnabled():
            self.click()
            return True
        return super().event(event)
