"""The timeline as a picture that is walked by arrow keys and read as sentences.

A QTableView with its own geometry: a screen reader meets a table of lanes and events, while the boxes
come from `timeline_layout`. The axis and the lanes' names stay in sight while the lanes scroll.
"""

from datetime import date

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QToolTip, QWidget

from db.timeline import Event, Timeline
from desktop_app import look
from desktop_app.views import timeline_paint as paint
from desktop_app.views.plain_text import as_tool_tip
from desktop_app.views.timeline_card import card_words, paint_card
from desktop_app.views.timeline_geometry import Index, TimelineGeometry
from desktop_app.views.timeline_keys import STEPS, Action, zoomed
from desktop_app.views.timeline_measures import Box
from desktop_app.views.timeline_model import described
from desktop_app.views.timeline_tiles import Tiles
from desktop_app.views.timeline_walk import ACROSS, walked

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
REST_MS = 250


class TimelineView(TimelineGeometry):
    """Lanes of one provider.

    Signals:
        inspection_selected: Emitted with an inspection's id when another one becomes the current one.
        inspection_opened: Emitted with an inspection's id on Enter and on a double click.
    """

    inspection_selected = Signal(str)
    inspection_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selected = ""
        self._tiles: Tiles | None = None
        self._walking_day: date | None = None
        self._card = QPersistentModelIndex()
        self._hovered = QModelIndex()
        self._resting = QTimer(self, interval=REST_MS, singleShot=True)
        self._resting.timeout.connect(self._show_hovered)
        self.setAccessibleName("Timeline")
        look.signals.changed.connect(self._wear_look)

    def _wear_look(self) -> None:
        self._tiles = None
        self.viewport().update()

    @property
    def selected_inspection(self) -> str:
        """The id of the inspection that is framed, empty where none is."""
        return self._selected

    def show_timeline(self, timeline: Timeline) -> None:
        """Show another timeline; the selected inspection, and the place in its lane, stay where they still are."""
        before = self._current_event()
        lane_key = self._lane_key()
        self._take(timeline)
        self._show_card(QModelIndex())
        self.setAccessibleDescription(described(timeline))
        self.updateGeometries()
        self.updateGeometry()
        if before is not None:
            self.select_inspection(before.inspection_id, lane_key)
        elif not self.currentIndex().isValid():
            self._selected = ""

    def select_inspection(self, inspection_id: str, lane_key: str = "") -> bool:
        """Make an inspection's event the current one, in that lane where it has one there; False without any."""
        places = self._layout.rows_of.get(inspection_id, [])
        if not places:
            if inspection_id == self._selected:
                self.clear_selected()
            return False
        lanes = self.timeline_model.timeline.lanes if self.timeline_model.timeline else ()
        place = next((place for place in places if lanes[place[0]].key == lane_key), places[0])
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.timeline_model.index(*place), flag)
        return True

    def clear_selected(self) -> None:
        """Frame nothing."""
        self._selected = ""
        self.setCurrentIndex(QModelIndex())
        self.viewport().update()

    def newest_event(self) -> Event | None:
        """The last event in time, of the lane that stands first."""
        events = self.timeline_model.timeline.events if self.timeline_model.timeline else []
        return max(events, key=lambda event: event.first, default=None)

    def _current_event(self) -> Event | None:
        return self.timeline_model.event_at(self.currentIndex())

    def _lane_key(self) -> str:
        timeline, index = self.timeline_model.timeline, self.currentIndex()
        return timeline.lanes[index.row()].key if timeline and index.isValid() else ""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        event = self.timeline_model.event_at(current)
        if event is not None:
            self.scrollTo(current)
            if event.inspection_id != self._selected:
                self._selected = event.inspection_id
                self.inspection_selected.emit(event.inspection_id)
        self.viewport().update()

    def setSelection(self, area: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(area.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: object) -> QRegion:
        del selection
        return QRegion(self.viewport().rect())

    # --- keys and mouse ---------------------------------------------------------------------------

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Left and right within a lane, up and down to the nearest in time, Home and End to a lane's ends."""
        timeline, index = self.timeline_model.timeline, self.currentIndex()
        event = self._current_event()
        if timeline is None or event is None:
            return self._index_of(self.newest_event())
        step = STEPS.get(action)
        if step is None:
            return self.currentIndex()
        day = self._walking_day or event.first
        self._walking_day = day if step in ACROSS else None
        is_whole = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        found = self.timeline_model.index(*walked(timeline.lanes, (index.row(), index.column()), step, day, is_whole))
        self._show_card(found)
        return found

    def _index_of(self, event: Event | None) -> QModelIndex:
        places = self._layout.rows_of.get(event.inspection_id, []) if event else []
        return self.timeline_model.index(*places[0]) if places else QModelIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self._current_event()
        if event.key() in _OPENING and current is not None:
            self.inspection_opened.emit(current.inspection_id)
            event.accept()
        elif (event.key() == Qt.Key.Key_Escape and self._card.isValid()) or zoomed(self, event):
            self._show_card(QModelIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._walking_day = None
        self._show_card(QModelIndex())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        found = self.indexAt(event.position().toPoint())
        if found != self._hovered:
            self._hovered = found
            self._show_card(QModelIndex())
            self._resting.start()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = QModelIndex()
        self._show_card(QModelIndex())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._hovered = QModelIndex()
        super().scrollContentsBy(dx, dy)

    def _show_hovered(self) -> None:
        if self._hovered.isValid():
            self._show_card(self._hovered)

    def _show_card(self, index: QModelIndex) -> None:
        """Show the card of an event, or none; at once, without moving the selection."""
        self._resting.stop()
        if self._card != index:
            self._card = QPersistentModelIndex(index)
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.timeline_model.event_at(self.indexAt(event.position().toPoint()))
        if found is not None:
            self.inspection_opened.emit(found.inspection_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._index_of(self.newest_event()))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_card(QModelIndex())
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the whole name of a framework, a break or a lane where the mouse rests on it; events have a card."""
        if isinstance(event, QHelpEvent):
            if words := self._words_at(event.pos()):
                QToolTip.showText(event.globalPos(), as_tool_tip(words), self)
            return True
        return super().viewportEvent(event)

    def _words_at(self, pos: QPoint) -> str:
        if pos.x() < self._layout.gutter_px:
            is_lane = pos.y() >= self._layout.axis_px
            return self._layout.lane_words(pos.y() - self._shift()[1]) if is_lane else ""
        return self._layout.axis_words(pos.x() + self.horizontalOffset(), pos.y())

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        index = self.currentIndex()
        mark = self._layout.mark(index.row(), index.column()) if index.isValid() and self.hasFocus() else None
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.paint_background(painter, self.viewport().rect())
        shift = QPointF(*self._shift())
        frame = self._layout.frame_of(self._selected) if self._selected else None
        lanes = self._lane_painter()
        paint.paint_timeline(painter, self._layout, self._fonts, self.viewport().size(), shift, frame, lanes)
        if mark is not None:
            paint.paint_focus(painter, mark, self._layout, self._fonts, self.viewport().size(), shift)
        self._paint_card(painter)
        painter.end()

    def _lane_painter(self) -> paint.LanePainter | None:
        """The kept pictures of the lanes, None where they would blur."""
        pixels = self.devicePixelRatioF()
        if not pixels.is_integer():
            return None
        if self._tiles is None or not self._tiles.suits(self._fonts, pixels):
            self._tiles = Tiles(self._fonts, int(pixels))
        return self._tiles.paint

    def _paint_card(self, painter: QPainter) -> None:
        timeline, event = self.timeline_model.timeline, self.timeline_model.event_at(self._card)
        if event is None or timeline is None:
            return
        area = self.visualRect(self._card)
        left = max(area.x(), round(self._layout.gutter_px))
        anchor = Box(left, area.y(), area.width(), area.height())
        words = card_words(timeline.lanes[self._card.row()], event)
        paint_card(painter, words, anchor, self.viewport().size(), self._fonts)
