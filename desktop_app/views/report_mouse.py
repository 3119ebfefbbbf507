"""The mouse over the pages of a report: a drag marks words, two clicks a word, three a paragraph."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop_app.reading.passage import Spot

if TYPE_CHECKING:
    from desktop_app.views.report_sheet import ReportSheet

_SCROLL_EVERY_MS = 30


class MarkingMouse(QObject):
    """Turns what the mouse does over a sheet into its selection; a drag beyond an edge scrolls."""

    def __init__(self, sheet: "ReportSheet") -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._anchor: Spot | None = None
        self._point = QPointF()
        self._is_dragging = False
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_EVERY_MS)
        self._scrolling.timeout.connect(self._scroll)
        self._third = QTimer(self)
        self._third.setSingleShot(True)
        sheet.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.MouseMove:
            self._on_move(event.position())
        elif event.button() != Qt.MouseButton.LeftButton:
            return False
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self._on_double(event.position())
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._on_press(event.position(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            self._is_dragging = False
            self._scrolling.stop()
        event.accept()
        return True

    def _on_press(self, point: QPointF, is_extending: bool) -> None:
        spot = self._sheet.spot_at(point)
        self._sheet.setFocus(Qt.FocusReason.MouseFocusReason)
        if spot is None:
            return
        if self._third.isActive():
            self._third.stop()
            self._sheet.select(self._sheet.words.paragraph_at(spot))
            return
        self._is_dragging, self._point = True, point
        if is_extending and self._anchor is not None:
            self._mark_to(spot)
        else:
            self._anchor = spot
            self._sheet.select(())

    def _on_double(self, point: QPointF) -> None:
        if spot := self._sheet.spot_at(point):
            self._anchor = spot
            self._sheet.select(self._sheet.words.word_at(spot))
            self._third.start(QApplication.doubleClickInterval())

    def _on_move(self, point: QPointF) -> None:
        self._point = point
        if not self._is_dragging:
            on_words = self._sheet.is_on_words(point)
            self._sheet.viewport().setCursor(Qt.CursorShape.IBeamCursor if on_words else Qt.CursorShape.ArrowCursor)
            return
        if spot := self._sheet.spot_at(point):
            self._mark_to(spot)
        is_outside = not 0 <= point.y() <= self._sheet.viewport().height()
        if is_outside and not self._scrolling.isActive():
            self._scrolling.start()
        elif not is_outside:
            self._scrolling.stop()

    def _mark_to(self, spot: Spot) -> None:
        assert self._anchor is not None
        self._sheet.select(self._sheet.words.between(self._anchor, spot) if spot != self._anchor else ())

    def _scroll(self) -> None:
        height = self._sheet.viewport().height()
        beyond = self._point.y() if self._point.y() < 0 else max(0.0, self._point.y() - height)
        bar = self._sheet.verticalScrollBar()
        bar.setValue(bar.value() + int(beyond / 2))
        inside = QPointF(self._point.x(), min(max(self._point.y(), 0.0), height - 1.0))
        if spot := self._sheet.spot_at(inside):
            self._mark_to(spot)
