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
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QTableView, QToolTip, QWidget

from db.timeline import Event, Timeline
from desktop_app import look
from desktop_app.views import timeline_paint as paint
from desktop_app.views.plain_text import as_tool_tip
from desktop_app.views.timeline_layout import Layout, lay_out, nearest
from desktop_app.views.timeline_model import TimelineModel

Index = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
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
        self._fonts = paint.Fonts(self.font())
        self._selected = ""
        self._walking_day: date | None = None
        self.setAccessibleName("Timeline")
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAutoScroll(False)
        self.viewport().setMouseTracking(True)
        self.setModel(self.timeline_model)
        look.signals.changed.connect(self.updateGeometries)

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def selected_inspection(self) -> str:
        """The id of the inspection that is framed, empty where none is."""
        return self._selected

    def show_timeline(self, timeline: Timeline) -> None:
        """Show another timeline; the selected inspection, and the place in its lane, stay where they still are."""
        before = self._current_event()
        lane_key = self._lane_key()
        self.timeline_model.show_timeline(timeline)
        self.setAccessibleDescription(_described(timeline))
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
            if inspection_id == self._selected or not self._layout.rows_of:
                self._selected = ""
                self.viewport().update()
            return False
        keys = [lane.lane.key for lane in self._layout.lanes]
        row, column = next((place for place in places if keys[place[0]] == lane_key), places[0])
        self._go_to(row, column)
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

    def _go_to(self, row: int, column: int) -> None:
        index = self.timeline_model.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

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
        self._fonts = paint.Fonts(self.font())
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
        row, column = index.row(), index.column()
        is_far = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if action in (Action.MoveUp, Action.MoveDown, Action.MovePageUp, Action.MovePageDown):
            step = -1 if action in (Action.MoveUp, Action.MovePageUp) else 1
            return self._across(row, event, step, to_end=action in (Action.MovePageUp, Action.MovePageDown))
        self._walking_day = None
        last = len(timeline.lanes[row].events) - 1
        if action in (Action.MoveLeft, Action.MovePrevious):
            column = max(0, column - 1)
        elif action in (Action.MoveRight, Action.MoveNext):
            column = min(last, column + 1)
        elif action in (Action.MoveHome, Action.MoveEnd):
            if is_far:
                row = self._end_row(first=action == Action.MoveHome)
            column = 0 if action == Action.MoveHome else len(timeline.lanes[row].events) - 1
        return self.timeline_model.index(row, column)

    def _across(self, row: int, event: Event, step: int, *, to_end: bool) -> QModelIndex:
        """The event nearest in time of the next lane that has one; the day walked along is remembered."""
        assert self.timeline_model.timeline is not None
        lanes = self.timeline_model.timeline.lanes
        day = self._walking_day = self._walking_day or event.first
        rows = range(row + step, len(lanes) if step > 0 else -1, step)
        with_events = [place for place in rows if lanes[place].events]
        if not with_events:
            return self.currentIndex()
        target = with_events[-1] if to_end else with_events[0]
        return self.timeline_model.index(target, nearest(lanes[target].events, event, day))

    def _end_row(self, *, first: bool) -> int:
        assert self.timeline_model.timeline is not None
        rows = [row for row, lane in enumerate(self.timeline_model.timeline.lanes) if lane.events]
        return rows[0] if first else rows[-1]

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
        laid, x = self._layout, pos.x() + self.horizontalOffset()
        if pos.x() < laid.gutter_px:
            y = pos.y() - self._shift()[1]
            inside = (lane.lane for lane in laid.lanes if lane.box.y <= y < lane.box.bottom)
            lane = next(inside, None) if pos.y() >= laid.axis_px else None
            return ", ".join(filter(None, (lane.label, lane.note))) if lane else ""
        for (span, _), box in zip(laid.frameworks, laid.framework_boxes, strict=True):
            if box.holds(x, pos.y()):
                return span.words
        for change in laid.breaks:
            if (change.words and change.words.box.holds(x, pos.y())) or abs(change.x - x) < 4:
                return change.change.words
        return ""

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        laid, colours = self._layout, look.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.viewport().rect()
        painter.fillRect(area, colours.surface)
        right, down = self._shift()
        gutter, top = round(laid.gutter_px), round(laid.axis_px)
        painter.setClipRect(QRect(gutter, top, area.width() - gutter, area.height() - top))
        painter.translate(right, down)
        self._paint_lanes(painter)
        painter.translate(-right, 0)
        painter.setClipRect(QRect(0, round(top - down), gutter, area.height() - top))
        paint.paint_names(painter, laid, self._fonts)
        painter.resetTransform()
        painter.setClipRect(QRect(gutter, 0, area.width() - gutter, top))
        painter.translate(right, 0)
        paint.paint_axis(painter, laid, self._fonts)
        painter.end()

    def _paint_lanes(self, painter: QPainter) -> None:
        laid = self._layout
        seen = painter.clipBoundingRect()
        paint.paint_grid(painter, laid, seen)
        for lane in laid.lanes:
            if lane.box.bottom >= seen.top() and lane.box.y <= seen.bottom():
                paint.paint_lane(painter, lane, seen, self._fonts)
        for change in laid.breaks:
            paint.paint_break(painter, change)
        if self._selected and (frame := laid.frame_of(self._selected)):
            paint.paint_frame(painter, frame)
        index = self.currentIndex()
        mark = laid.mark(index.row(), index.column()) if index.isValid() else None
        if mark and self.hasFocus():
            paint.paint_focus(painter, mark.box)


def _show(bar: object, low: float, high: float) -> None:
    """Scroll a bar as little as makes the range from `high` to `low` hold its value."""
    value = bar.value()  # type: ignore[attr-defined]
    bar.setValue(round(min(max(value, high), low)))  # type: ignore[attr-defined]


def _described(timeline: Timeline) -> str:
    """What stands above the lanes, for those who do not see it."""
    told = [span.words for span in timeline.frameworks]
    told += [change.words for change in timeline.breaks]
    told.append("Arrow keys go from event to event, Enter opens the inspection")
    return ". ".join(told) + "."
