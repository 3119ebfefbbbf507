"""Shares the room between the list, the form and the report; a narrow window shows two of the three."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from desktop_app.views.naming import name_handle

LIST_LETTERS = 42
FORM_LETTERS = 97  # that the widest form needs
_AGAIN_AFTER_MS = 50


class ReportRoom(QObject):
    """Widths in a splitter of a list, a form, and a report that comes later.

    In a narrow window the list stands beside the form while the focus is in the list; once it goes to the form or to
    the report, these two stand side by side.
    """

    def __init__(self, splitter: QSplitter) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._report: QWidget | None = None
        self._is_list_shown = True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._follow_focus)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def take_in(self, report: QWidget) -> None:
        """Give the report its place at the right, not seen yet."""
        self._report = report
        report.hide()
        self._splitter.addWidget(report)
        self._splitter.setStretchFactor(2, 1)
        for place in (0, 2):
            self._splitter.setCollapsible(place, True)
        name_handle(self._splitter, "List, inspection and report")

    def show_report(self, is_shown: bool) -> None:
        """Show the report, or hide it."""
        if self._report is not None and self._report.isHidden() is is_shown:
            self._report.setVisible(is_shown)
            self._is_list_shown = not is_shown or not self._is_narrow or self._holds(0)
            self._share()

    @property
    def _is_narrow(self) -> bool:
        """Whether there is no room for all three."""
        assert self._report is not None
        letter_px = self._splitter.fontMetrics().averageCharWidth()
        return self._splitter.width() < letter_px * (LIST_LETTERS + FORM_LETTERS) + self._report.minimumWidth()

    def _share(self) -> None:
        """Give the form what it needs, and the report the rest, at most its half."""
        assert self._report is not None
        letter_px = self._splitter.fontMetrics().averageCharWidth()
        list_px = letter_px * LIST_LETTERS if self._is_list_shown else 0
        room = self._splitter.width() - list_px
        report_px = 0
        if not self._report.isHidden() and not (self._is_narrow and self._is_list_shown):
            report_px = max(self._report.minimumWidth(), min(room // 2, room - letter_px * FORM_LETTERS))
        self._splitter.setSizes([list_px, room - report_px, report_px])

    def _holds(self, place: int) -> bool:
        widget, focused = self._splitter.widget(place), QApplication.focusWidget()
        return widget is not None and focused is not None and (widget is focused or widget.isAncestorOf(focused))

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._report is not None and not self._report.isHidden():
            self._later.start(0)

    def _follow_focus(self) -> None:
        if self._report is None or self._report.isHidden():
            return
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._later.start(_AGAIN_AFTER_MS)  # nothing moves under a pressed button
            return
        sees_list = not self._is_narrow or self._holds(0)
        is_inside = any(map(self._holds, range(self._splitter.count())))
        if is_inside and sees_list is not self._is_list_shown:
            self._is_list_shown = sees_list
            self._share()
