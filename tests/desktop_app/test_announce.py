"""Announcements reach whoever listens, and only then."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from desktop_app.views.announce import announce


def test_a_sentence_is_sent_when_a_screen_reader_listens(qtbot, monkeypatch):
    widget, sent = QWidget(), []
    qtbot.addWidget(widget)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", sent.append)
    announce(widget, "All changes saved")
    announce(widget, "Enter a title", is_urgent=True)
    announce(widget, "")
    polite, urgent = QAccessible.AnnouncementPoliteness.Polite, QAccessible.AnnouncementPoliteness.Assertive
    assert [event.message() for event in sent] == ["All changes saved", "Enter a title"]
    assert [event.politeness() for event in sent] == [polite, urgent]


def test_nothing_is_sent_when_nobody_listens(qtbot, monkeypatch):
    widget, sent = QWidget(), []
    qtbot.addWidget(widget)
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    monkeypatch.setattr(QAccessible, "updateAccessibility", sent.append)
    announce(widget, "All changes saved")
    assert sent == []
