"""The Timeline place: one provider's lanes, and below them the summary of the selected inspection."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db import timeline, timeline_parts
from db.records import Inspection, RecordType
from db.timeline import Timeline
from desktop_app import look
from desktop_app.places.timeline_beside import Neighbours, SideBySide
from desktop_app.places.timeline_counts import counted, newest_inspection
from desktop_app.places.timeline_paper import PaperButton, source_line
from desktop_app.places.timeline_summary import TimelineSummary
from desktop_app.places.timeline_tools import TimelineTools
from desktop_app.places.timeline_undated import UndatedButtons
from desktop_app.views.announce import announce
from desktop_app.views.empty_state import EmptyState
from desktop_app.views.fields import ChoiceField
from desktop_app.views.naming import name_handle
from desktop_app.views.plain_text import as_tool_tip, plain_label
from desktop_app.views.timeline_legend import Legend
from desktop_app.views.timeline_sheet import Sheet, SheetWords
from desktop_app.views.timeline_table import TimelineTable
from desktop_app.views.timeline_view import TimelineView
from desktop_app.workspace import Workspace

_SUMMARY_ONLY = {RecordType.QUOTE, RecordType.DOCUMENT, RecordType.THEME, RecordType.EVENT_THEME}
GOOD_LINES = 9  # of a summary that shows more than its heads


class TimelinePlace(QWidget):
    """Shows one provider; which one is remembered for as long as the place lives.

    Signals:
        open_wanted: Emitted with the id of the inspection that a person wants to open.
        new_wanted: Emitted when a person asks for the first inspection.
    """

    open_wanted = Signal(str)
    new_wanted = Signal()

    def __init__(
        self,
        workspace: Workspace,
        today: Callable[[], date] = date.today,
        neighbours: Neighbours | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._today = workspace, today
        self._is_stale = self._is_split_by_hand = False
        self._splitting = QTimer(self, interval=0, singleShot=True)  # after the legend has found its height
        self._splitting.timeout.connect(self._split)
        self.view = TimelineView()
        self.table = TimelineTable()
        paper = PaperButton(self._sheet, lambda: self.heading.text())
        self.tools = TimelineTools(self.view, paper, self._head())
        self._whole: Timeline | None = None
        self._inspections: list[Inspection] = []
        self.beside = SideBySide(workspace, neighbours)
        self.summary = TimelineSummary(workspace)
        self.legend = Legend()
        self.undated = UndatedButtons(self.legend, self.legend.flow)
        self.undated.wanted.connect(self.show_inspection)
        self._lay_out()
        self.view.inspection_selected.connect(self._show_summary)
        self.view.inspection_opened.connect(self.open_wanted)
        self.table.inspection_selected.connect(self._select)
        self.table.inspection_opened.connect(self.open_wanted)
        self.tools.filtered.connect(self._filter)
        self.tools.table_button.toggled.connect(self._switch)
        self.tools.providers_button.clicked.connect(self.choose_others)
        self.summary.open_wanted.connect(self.open_wanted)
        workspace.changed.connect(self._on_changed)
        for one, following in pairwise((*self.tools.controls, self.view, self.table, self.summary)):
            self.setTabOrder(one, following)
        self._read()

    def _lay_out(self) -> None:
        sentence = "Enter the first one: its provider, its first day and its kind are enough to begin."
        self.empty = EmptyState("timeline", "No inspections yet", sentence, ["New inspection"])
        self.empty.buttons[0].clicked.connect(self.new_wanted)
        shown = QWidget()
        rows = self._rows = QVBoxLayout(shown)
        rows.setContentsMargins(look.space(4), look.space(2), look.space(4), look.space(1))
        rows.setSpacing(look.space(1.5))
        rows.addWidget(self.tools)
        self.faces = QStackedWidget()
        self.faces.addWidget(self.view)
        self.faces.addWidget(self.table)
        rows.addWidget(self.faces, 1)
        rows.addWidget(self.legend)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(shown)
        self.splitter.addWidget(self.summary)
        shown.lower()  # a splitter lowers each widget that it takes in, and so reverses what is read out
        self.splitter.setChildrenCollapsible(False)
        name_handle(self.splitter, "Timeline and summary")
        self.splitter.setStretchFactor(0, 1)
        self.splitter.splitterMoved.connect(self._on_splitter_moved)
        self.summary.setMinimumHeight(self.summary.brief_px)
        shown.setAutoFillBackground(True)
        shown.setBackgroundRole(QPalette.ColorRole.Base)
        self._stack = QStackedWidget()
        for page in (self.empty, self.splitter):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _head(self) -> list[QWidget]:
        """Whose timeline it is, before the tools."""
        self.heading = plain_label(role="heading")
        self.count = plain_label(role="muted")
        self.provider = ChoiceField(width_letters=20)
        self.provider.setAccessibleName("Show the timeline of")
        self.provider.setAccessibleDescription("Provider.")
        self.provider.edited.connect(self._read)
        titles = self._titles = QWidget()
        titles.setMinimumHeight(self.provider.sizeHint().height())
        head = QHBoxLayout(titles)
        head.setContentsMargins(look.space(2), 0, look.space(2), 0)
        head.setSpacing(look.space(3))
        head.addWidget(self.heading)
        head.addWidget(self.count)
        return [titles, self.provider]

    def panes(self) -> list[QWidget]:
        """Where F6 goes: the timeline as picture or table, the summary."""
        return [self.table if self.tools.table_button.isChecked() else self.view, self.summary]

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
        """Give the lanes the height that they want, and leave the summary a good part; a person's own split stays.

        In a low window the lanes come closer, and then the summary is one line.
        """
        self._fit_head()
        if self._is_split_by_hand:
            return
        self._rows.invalidate()
        wanted_px = self._rows.totalHeightForWidth(self.width()) + self.splitter.handleWidth() + look.space(1)
        total_px = max(self.height(), 1)
        good_px = self.fontMetrics().height() * GOOD_LINES
        spare_px = self.view.spare_px if self.faces.currentWidget() is self.view else 0
        lower_px = max(total_px - wanted_px, good_px)
        if total_px - lower_px < wanted_px - spare_px:
            lower_px = max(self.summary.brief_px, min(total_px - wanted_px + spare_px, good_px))
        self.splitter.setSizes([total_px - lower_px, lower_px])

    def _fit_head(self) -> None:
        """Leave out the heading where the choice of the provider says the same, and the count where room is short."""
        has_heading = not self.provider.isVisibleTo(self) or bool(self.beside.others)
        self.heading.setVisible(has_heading)
        self._titles.show()
        self.count.show()
        has_room = self.tools.row_px <= self.width() - 2 * look.space(4)
        self.count.setVisible(has_room)
        self._titles.setVisible(has_heading or has_room)
        self.heading.setToolTip(as_tool_tip(self.count.text()))

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
        self._inspections = self._workspace.store.each(Inspection, provider_id=provider_id)
        self._whole = self._timeline_of(provider_id)
        self.beside.leave_out(provider_id)
        self.tools.offer(self._whole, self._workspace.lists, self._inspections)
        self.tools.providers_button.setVisible(len(self._workspace.lists.providers) > 1)
        self._show()
        self._read_summary()
        is_alone = self._whole.is_empty and len(self._workspace.lists.providers) < 2
        self._stack.setCurrentIndex(0 if is_alone else 1)

    def _timeline_of(self, provider_id: str) -> Timeline:
        return timeline.read(self._workspace.store, provider_id, self._today(), self._workspace.lists)

    def _show(self) -> None:
        """Show what the filters and the choice of others leave of what was read."""
        provider_id = self.provider.value()
        if self._whole is None or provider_id is None:
            return
        is_alone = not self.beside.others
        shown = self._filtered(self._whole) if is_alone else self.beside.timeline(provider_id, self._timeline_of)
        self.heading.setText(self.beside.title(provider_id))
        self.tools.offer_filters(is_alone)
        self.count.setText(counted(shown, self.tools.kept_count(self._workspace.lists, self._inspections)))
        self.view.show_timeline(shown)
        self.table.show_timeline(shown)
        self.legend.show_timeline(shown)
        self.undated.show_undated(shown.undated)
        kept = self.summary.inspection
        is_undated = kept is not None and any(one.inspection_id == kept.id for one in shown.undated)
        if not self.view.selected_inspection and not is_undated and (newest := newest_inspection(shown)):
            self.view.select_inspection(newest)
        self._splitting.start()

    def _filter(self) -> None:
        """Show what the filters leave, and say how much that is."""
        self._show()
        announce(self, self.count.text())

    def _filtered(self, whole: Timeline) -> Timeline:
        kept = self.tools.kept(self._workspace.lists, self._inspections)
        return timeline_parts.only(whole, inspection_ids=kept, lane_key=self.tools.strand.value())

    def choose_others(self) -> None:
        """Ask for the providers that shall stand beside this one, and the strand; none ends it."""
        provider_id = self.provider.value()
        if provider_id is not None and self.beside.ask(provider_id, self):
            self._show()

    def show_beside(self, others: list[str], strand_id: str) -> None:
        """Show one strand of this provider and of others; no others shows the one provider's lanes again."""
        self.beside.show(others, strand_id)
        self._show()

    def _switch(self, is_table: bool) -> None:
        self.faces.setCurrentWidget(self.table if is_table else self.view)
        for button in (self.tools.in_button, self.tools.out_button, self.tools.fit_button):
            button.setEnabled(not is_table)

    def _select(self, inspection_id: str) -> None:
        if not self.view.select_inspection(inspection_id):
            self._show_summary(inspection_id)

    def _sheet(self) -> Sheet:
        shown, today = self.view.timeline_model.timeline, self._today()
        assert shown is not None
        source = source_line(self._workspace.store.path.name, today)
        return Sheet(shown, SheetWords(self.heading.text(), self.count.text(), source), self.font())

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
