"""The timeline as a table: a row is a lane, column n its n-th event; each event is read as a sentence."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from db.timeline import Event, Timeline
from desktop_app.views.plain_text import as_tool_tip

Index = QModelIndex | QPersistentModelIndex
EventRole = Qt.ItemDataRole.UserRole + 1
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class TimelineModel(QAbstractTableModel):
    """The lanes and events of one timeline; cells after a lane's last event are disabled and say so."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.timeline: Timeline | None = None
        self._columns = 0

    def show_timeline(self, timeline: Timeline) -> None:
        """Show another timeline, or another state of the same one."""
        self.beginResetModel()
        self.timeline = timeline
        self._columns = max((len(lane.events) for lane in timeline.lanes), default=0)
        self.endResetModel()

    def event_at(self, index: Index) -> Event | None:
        """The event of a cell, None where its lane has no more."""
        if not index.isValid() or self.timeline is None:
            return None
        events = self.timeline.lanes[index.row()].events
        return events[index.column()] if index.column() < len(events) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.timeline is None else len(self.timeline.lanes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.event_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        event = self.event_at(index)
        if role in _SPOKEN:
            return event.sentence if event else "No more events"
        if event is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tool_tip(event.sentence)
        return event if role == EventRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _SPOKEN or self.timeline is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return f"Event {section + 1}"
        if not 0 <= section < len(self.timeline.lanes):
            return None
        lane = self.timeline.lanes[section]
        return f"{lane.label}, {lane.note}" if lane.note else lane.label


def described(timeline: Timeline) -> str:
    """What stands above the lanes, for those who do not see it."""
    told = []
    if timeline.frameworks:
        told.append("Frameworks: " + ", ".join(span.label for span in timeline.frameworks))
    told += [change.words for change in timeline.breaks]
    told.append("Arrow keys go from event to event, Enter opens the inspection, plus and minus zoom, 0 fits all")
    return ". ".join(told) + "."
