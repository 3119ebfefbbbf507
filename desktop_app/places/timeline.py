"""The Timeline place: one provider's lanes, and below them the summary of the selected inspection."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db import timeline
from db.records import Inspection, RecordType
from db.timeline import Timeline, Undated
from desktop_app import look
from desktop_app.places.timeline_summary import TimelineSummary
from desktop_app.views.empty_state import EmptyState
from desktop_app.views.fields import ChoiceField
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.naming import name_handle
from desktop_app.views.plain_text import as_button_text, as_tool_tip, plain_label
from desktop_app.views.timeline_legend import Legend
from desktop_app.views.timeline_view import TimelineView
from desktop_app.workspace import Workspace

_SUMMARY_ONLY = {RecordType.QUOTE, RecordType.DOCUMENT, RecordType.THEME, RecordType.EVENT_THEME}
MOST_UNDATED = 4


class TimelinePlace(QWidget):
    """Shows one provider; which one is remembered for as long as the place lives.

    Signals:
        open_wanted: Emitted with the id of the inspection that a person wants to open.
        new_wanted: Emitted when a person asks for the first inspection.
    """

    open_wanted = Signal(str)
    new_wanted = Signal()

    def __init__(self, workspace: Workspace, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._workspace, self._today = workspace, today
        self._is_stale = self._is_split_by_hand = False
        self._splitting = QTimer(self, interval=0, singleShot=True)  # after the legend has found its height
        self._splitting.timeout.connect(self._split)
        self.view = TimelineView()
        self.summary = TimelineSummary(workspace)
        self.legend = Legend()
        self.undated_buttons: list[QPushButton] = []
        self._lay_out()
        self.view.inspection_selected.connect(self._show_summary)
        self.view.inspection_opened.connect(self.open_wanted)
        self.summary.open_wanted.connect(self.open_wanted)
        workspace.changed.connect(self._on_changed)
        self.setTabOrder(self.provider, self.view)
        self.setTabOrder(self.view, self.summary)
        self._read()

    def _lay_out(self) -> None:
        sentence = "Enter the first one: its provider, its first day and its kind are enough to begin."
        self.empty = EmptyState("timeline", "No inspections yet", sentence, ["New inspection"])
        self.empty.buttons[0].clicked.connect(self.new_wanted)
        shown = QWidget()
        rows = self._rows = QVBoxLayout(shown)
        rows.setContentsMargins(look.space(4), look.space(2), look.space(4), look.space(1))
        rows.setSpacing(look.space(1.5))
        rows.addLayout(self._head())
        rows.addWidget(self.view, 1)
        rows.addWidget(self.legend)
        self._undated = QWidget()
        self._undated_flow = FlowLayout(self._undated, gap_px=look.space(2))
        rows.addWidget(self._undated)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(shown)
        self.splitter.addWidget(self.summary)
        shown.lower()  # a splitter lowers each widget that it takes in, and so reverses what is read out
        self.splitter.setChildrenCollapsible(False)
        name_handle(self.splitter, "Timeline and summary")
        self.splitter.setStretchFactor(0, 1)
        self.splitter.splitterMoved.connect(self._on_splitter_moved)
        self.summary.setMinimumHeight(self.fontMetrics().height() * 6)
        shown.setAutoFillBackground(True)
        shown.setBackgroundRole(QPalette.ColorRole.Base)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.splitter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _head(self) -> QHBoxLayout:
        self.heading = plain_label(role="heading")
        self.count = plain_label(role="muted")
        self.provider = ChoiceField(width_letters=24)
        self.provider.setAccessibleName("Show the timeline of")
        self.provider.edited.connect(self._read)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.heading)
        titles.addWidget(self.count)
        head = QHBoxLayout()
        head.setContentsMargins(look.space(2), look.space(1), look.space(2), 0)
        head.addLayout(titles, 1)
        head.addWidget(self.provider)
        return head

    def panes(self) -> list[QWidget]:
        """Where F6 goes: the timeline, the summary."""
        return [self.view, self.summary]

    def show_inspection(self, inspection_id: str) -> bool:
        """Select an inspection, of whichever provider; False where the file has none with that id."""
        inspection = self._workspace.store.get(Inspection, inspection_id)
        if inspection is None:
            return False
        if inspection.provider_id != self.provider.value():
            self.provider.set_value(inspection.provider_id)
            self._read()
        if not self.view.select_inspection(inspection_id):
            self.view.clear_selected()
            self.summary.show_inspection(inspection)
        return True

    # --- reading ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._splitting.start()

    def _split(self) -> None:
        """Give the lanes the height that they want, and leave the summary a good part; a person's own split stays."""
        if self._is_split_by_hand:
            return
        self._rows.invalidate()
        wanted_px = self._rows.totalHeightForWidth(self.width()) + self.splitter.handleWidth() + look.space(1)
        total_px = max(self.height(), 1)
        least_px = min(self.fontMetrics().height() * 11, total_px // 4)
        upper_px = min(wanted_px, total_px - least_px)
        self.splitter.setSizes([upper_px, total_px - upper_px])

    def _on_splitter_moved(self) -> None:
        self._is_split_by_hand = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def _on_changed(self, types: frozenset[RecordType]) -> None:
        if not self.isVisible():
            self._is_stale = True
        elif types <= _SUMMARY_ONLY:
            self._read_summary()
        else:
            self._read()

    def _read(self) -> None:
        """Show the provider as the file has it now; the selection stays where its inspection is still there."""
        self._is_stale = False
        self._offer_providers()
        provider_id = self.provider.value()
        if provider_id is None:
            self._stack.setCurrentWidget(self.empty)
            return
        shown = timeline.read(self._workspace.store, provider_id, self._today(), self._workspace.lists)
        self.heading.setText(self._workspace.lists.providers[provider_id].name)
        self.count.setText(_counted(shown))
        self.view.show_timeline(shown)
        self.legend.show_timeline(shown)
        self._show_undated(shown.undated)
        kept = self.summary.inspection
        is_undated = kept is not None and any(one.inspection_id == kept.id for one in shown.undated)
        if not self.view.selected_inspection and not is_undated and (newest := _newest_inspection(shown)):
            self.view.select_inspection(newest)
        self._read_summary()
        self._splitting.start()
        is_alone = shown.is_empty and len(self._workspace.lists.providers) < 2
        self._stack.setCurrentIndex(0 if is_alone else 1)

    def _offer_providers(self) -> None:
        lists = self._workspace.lists
        providers = sorted(lists.providers.values(), key=lambda one: one.name.casefold())
        self.provider.set_choices([(one.id, one.name) for one in providers])
        self.provider.setVisible(len(providers) > 1)
        if self.provider.value() not in lists.providers:
            store = self._workspace.store
            known = next((one for one in providers if store.count(Inspection, provider_id=one.id)), None)
            first = known or next(iter(providers), None)
            self.provider.set_value(first.id if first else None)

    def _read_summary(self) -> None:
        key = self.view.selected_inspection
        kept = self.summary.inspection
        if not key and kept is not None and kept.provider_id == self.provider.value():
            key = kept.id  # one without a date, which the view cannot select
        self._show_summary(key)

    def _show_summary(self, inspection_id: str) -> None:
        self.summary.show_inspection(self._workspace.store.get(Inspection, inspection_id) if inspection_id else None)

    def _show_undated(self, undated: tuple[Undated, ...]) -> None:
        """Name what cannot be drawn, so that nothing is lost."""
        while (item := self._undated_flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.undated_buttons = []
        self._undated.setVisible(bool(undated))
        if not undated:
            return
        self._undated_flow.addWidget(plain_label("Without a date:", "muted"))
        for one in undated[:MOST_UNDATED]:
            self._undated_flow.addWidget(self._undated_button(one))
        if len(undated) > MOST_UNDATED:
            self._undated_flow.addWidget(plain_label(f"and {len(undated) - MOST_UNDATED} more", "muted"))

    def _undated_button(self, undated: Undated) -> QPushButton:
        button = QPushButton(as_button_text(undated.label))
        button.setProperty("role", "link")
        button.setAccessibleName(f"{undated.label}, without a date")
        button.setToolTip(as_tool_tip("Show what is known of it"))
        button.clicked.connect(lambda: self.show_inspection(undated.inspection_id))
        self.undated_buttons.append(button)
        return button


def _newest_inspection(shown: Timeline) -> str:
    """The last inspection in time; another event only where there is no inspection."""
    events = [event for event in shown.events if event.form is not timeline.Form.OTHER] or shown.events
    newest = max(events, key=lambda event: event.first, default=None)
    return newest.inspection_id if newest else ""


def _counted(shown: Timeline) -> str:
    count = f"{shown.inspection_count} inspection{'' if shown.inspection_count == 1 else 's'}"
    if shown.years is None:
        return count
    first, last = shown.years
    return f"{count}, {first}" if first == last else f"{count}, {first} to {last}"
