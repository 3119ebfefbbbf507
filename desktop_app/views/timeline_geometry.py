"""A table view with the geometry of a timeline: boxes laid out for its width, its font and its zoom."""

from datetime import date

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QScrollBar, QTableView, QWidget

from db.timeline import Timeline
from desktop_app.views.timeline_days import Calendar
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_layout import Layout, lay_out, most_zoom
from desktop_app.views.timeline_model import TimelineModel

Index = QModelIndex | QPersistentModelIndex
ZOOM_STEP = 1.25
_NOTCH = 120  # of a wheel, in eighths of a degree


class TimelineGeometry(QTableView):
    """Lays out, zooms, scrolls, and finds the place of an event."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline_model = TimelineModel(self)
        self._layout = Layout(0, 0, 0)
        self._fonts = Fonts(self.font())
        self._calendar: Calendar | None = None
        self.zoom = 1.0
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

    def _take(self, timeline: Timeline) -> None:
        self.timeline_model.show_timeline(timeline)
        self._calendar = Calendar(timeline)

    def updateGeometries(self) -> None:
        """Lay everything out for the width and the font, and set the scroll bars."""
        if not shiboken6.isValid(self):  # Qt calls once more while it takes the view apart
            return
        if self._fonts.plain != self.font():
            self._fonts = Fonts(self.font())
        timeline = self.timeline_model.timeline
        size = self.viewport().size()
        if timeline is not None:
            sizes = self._fonts.sizes()
            self._layout = lay_out(timeline, size.width(), sizes, self.zoom, self._calendar, size.height())
        laid = self._layout
        for bar, whole, seen in (
            (self.horizontalScrollBar(), laid.width_px, size.width()),
            (self.verticalScrollBar(), laid.axis_px + laid.lanes_px, size.height()),
        ):
            bar.setRange(0, max(0, round(whole) - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(max(8, round(laid.mark_px)))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """With lanes of the full height."""
        lanes_px = len(self._layout.lanes) * self._fonts.sizes().lane_px
        return QSize(800, round(self._layout.axis_px + lanes_px) + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:
        laid = self._layout
        return QSize(400, round(laid.axis_px + 3 * laid.mark_px) + 2 * self.frameWidth())

    @property
    def spare_px(self) -> int:
        """How much lower than its hint it may be and still show all lanes."""
        sizes = self._fonts.sizes()
        return round(len(self._layout.lanes) * (sizes.lane_px - sizes.least_lane_px))

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

    # --- zoom -------------------------------------------------------------------------------------

    def zoom_by(self, steps: float, at_x: float | None = None) -> None:
        """Look nearer, or from further away; what stands at that place of the viewport stays there.

        Args:
            at_x: the middle of the lanes where it is not given.
        """
        middle = (self._layout.gutter_px + self.viewport().width()) / 2
        at_px = middle if at_x is None else max(at_x, self._layout.gutter_px)
        laid = self._layout
        share = (at_px + self.horizontalOffset() - laid.span.left_px) / laid.span.width_px
        self._set_zoom(self.zoom * ZOOM_STEP**steps)
        laid = self._layout
        self.horizontalScrollBar().setValue(round(laid.span.left_px + share * laid.span.width_px - at_px))

    def fit_all(self) -> None:
        """Show all days."""
        self._set_zoom(1.0)

    def fit_days(self, first: date, last: date) -> None:
        """Show the days from the first to the last, as many as the timeline has of them."""
        timeline = self.timeline_model.timeline
        if timeline is None:
            return
        first, last = max(first, timeline.first), min(last, timeline.last)
        seen_px = self.viewport().width() - self._layout.span.left_px - self._layout.mark_px
        wanted_px = max(self._layout.span.end_of(last) - self._layout.span.x_of(first), 1)
        self._set_zoom(self.zoom * max(seen_px, 1) / wanted_px)
        self.horizontalScrollBar().setValue(round(self._layout.span.x_of(first) - self._layout.span.left_px))

    def _set_zoom(self, zoom: float) -> None:
        self.zoom = min(max(zoom, 1.0), most_zoom(self._layout, self.zoom))
        self.updateGeometries()

    def pan_by(self, steps: int) -> None:
        """Go along time by a fifth of what is seen for each step."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + round(steps * (self.viewport().width() - self._layout.gutter_px) / 5))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl nearer and further, with Shift along time."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(turned / _NOTCH, event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - round(turned / _NOTCH * 3 * bar.singleStep()))
        else:
            super().wheelEvent(event)
            return
        event.accept()


def _show(bar: QScrollBar, low: float, high: float) -> None:
    """Scroll a bar as little as makes the range from `high` to `low` hold its value."""
    bar.setValue(round(min(max(bar.value(), high), low)))
