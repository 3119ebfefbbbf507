"""The timeline as a picture that is walked by arrow keys and read as sentences.

A QTableView with its own geometry: a screen reader meets a table of lanes and events, while the boxes
come from `timeline_layout`. The axis and the lanes' names stay in sight while the lanes scroll.
"""

from datetime import date

import shiboken6
from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QScrollBar, QTableView, QToolTip, QWidget

from db.timeline import Event, Timeline
from desktop_app import look
from desktop_app.views import timeline_paint as paint
from desktop_app.views.plain_text import as_tool_tip
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_keys import STEPS, Action
from desktop_app.views.timeline_layout import Layout, lay_out
from desktop_app.views.timeline_model import TimelineModel, described
from desktop_app.views.timeline_walk import ACROSS, walked

Index = QModelIndex | QPersistentModelIndex
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TimelineView(QTableView):
    """Lanes of one provider.

    Signals:
        inspection_selected: Emitted with an inspection's id when another one becomes the current one.
        inspection_opened: Emitted with an inspection's id on Enter and on a double click.
    """

    inspection_selected = Signal(str)
    inspection_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline_model = TimelineModel(self)
        self._layout = Layout(0, 0, 0)
        self._fonts = Fonts(self.font())
        self._selected = ""
        self._walking_day: date | None = None
        self.setAccessibleName("Timeline")
        self.horizontalScrollBar().setAccessibleName("Scroll the timeline sideways")
        self.verticalScrollBar().setAccessibleName("Scroll the timeline")
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        for corner in self.findChildren(QAbstractButton):  # Qt shows it even between hidden headers
            corner.hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAutoScroll(False)
        self.viewport().setMouseTracking(True)
        self.setModel(self.timeline_model)
        look.signals.changed.connect(self.updateGeometries)

    @property
    def selected_inspection(self) -> str:
        """The id of the inspection that is framed, empty where none is."""
        return self._selected

    def show_timeline(self, timeline: Timeline) -> None:
        """Show another timeline; the selected inspection, and the place in its lane, stay where they still are."""
        before = self._current_event()
        lane_key = self._lane_key()
        self.timeline_model.show_timeline(timeline)
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
        keys = [lane.lane.key for lane in self._layout.lanes]
        place = next((place for place in places if keys[place[0]] == lane_key), places[0])
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

    # --- geometry ---------------------------------------------------------------------------------

    def updateGeometries(self) -> None:
        """Lay everything out for the width and the font, and set the scroll bars."""
        if not shiboken6.isValid(self):  # Qt calls once more while it takes the view apart
            return
        if self._fonts.plain != self.font():
            self._fonts = Fonts(self.font())
        timeline = self.timeline_model.timeline
        size = self.viewport().size()
        if timeline is not None:
            self._layout = lay_out(timeline, size.width(), self._fonts.sizes())
        laid = self._layout
        for bar, whole, seen in (
            (self.horizontalScrollBar(), laid.width_px, size.width()),
            (self.verticalScrollBar(), laid.axis_px + laid.lanes_px + 2, size.height()),
        ):
            bar.setRange(0, max(0, round(whole) - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(max(8, round(laid.mark_px)))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        edge = 2 * self.frameWidth() + 4
        laid = self._layout
        return QSize(800, round(laid.axis_px + laid.lanes_px) + edge)

    def minimumSizeHint(self) -> QSize:
        laid = self._layout
        return QSize(400, round(laid.axis_px + 3 * laid.mark_px) + 2 * self.frameWidth())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometries()
            self.updateGeometry()

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        self.viewport().update()

    def _shift(self) -> tuple[float, float]:
        """From the drawing's lanes to the viewport."""
        return -self.horizontalOffset(), self._layout.axis_px - self.verticalOffset()

    def visualRect(self, index: Index) -> QRect:
        mark = self._layout.mark(index.row(), index.column()) if index.isValid() else None
        if mark is None:
            return QRect()
        right, down = self._shift()
        box = mark.box
        return QRect(round(box.x + right), round(box.y + down), round(box.width), round(box.height))

    def indexAt(self, pos: QPoint) -> QModelIndex:
        right, down = self._shift()
        if pos.y() < self._layout.axis_px or pos.x() < self._layout.gutter_px:
            return QModelIndex()
        found = self._layout.at(pos.x() - right, pos.y() - down)
        return self.timeline_model.index(*found) if found else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        del hint
        mark = self._layout.mark(index.row(), index.column()) if index.isValid() else None
        if mark is None:
            return
        laid, edge, size = self._layout, self._layout.mark_px / 3, self.viewport().size()
        end = mark.box.x + min(mark.box.width, laid.mark_px)
        _show(self.horizontalScrollBar(), mark.box.x - laid.gutter_px - edge, end + edge - size.width())
        top, bottom = mark.box.y - edge, mark.box.bottom + edge
        _show(self.verticalScrollBar(), top, bottom + laid.axis_px - size.height())

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
        return self.timeline_model.index(*walked(timeline.lanes, (index.row(), index.column()), step, day, is_whole))

    def _index_of(self, event: Event | None) -> QModelIndex:
        places = self._layout.rows_of.get(event.inspection_id, []) if event else []
        return self.timeline_model.index(*places[0]) if places else QModelIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self._current_event()
        if event.key() in _OPENING and current is not None:
            self.inspection_opened.emit(current.inspection_id)
            event.accept()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._walking_day = None
        super().mousePressEvent(event)

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
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the whole name of a framework, a break or a lane where the mouse rests on it."""
        if isinstance(event, QHelpEvent) and (words := self._words_at(event.pos())):
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
        paint.paint_timeline(painter, self._layout, self._fonts, self.viewport().size(), shift, frame)
        if mark is not None:
            paint.paint_focus(painter, mark, self._layout, self._fonts, self.viewport().size(), shift)
        painter.end()


def _show(bar: QScrollBar, low: float, high: float) -> None:
    """Scroll a bar as little as makes the range from `high` to `low` hold its value."""
    bar.setValue(round(min(max(bar.value(), high), low)))
