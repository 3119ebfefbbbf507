"""Says a sentence to whoever uses a screen reader, and nothing to anyone else."""

from PySide6 import QtGui  # its classes come into Python when something is said
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Have the sentence spoken; an urgent one, such as an error, interrupts what is being read."""
    if not text or not QtGui.QAccessible.isActive():
        return
    event = QtGui.QAccessibleAnnouncementEvent(widget, text)
    if is_urgent:
        event.setPoliteness(QtGui.QAccessible.AnnouncementPoliteness.Assertive)
    QtGui.QAccessible.updateAccessibility(event)
