"""The window: the places of a file, search, sharing, and undo for all of them.

What is not on the first picture is imported when it is first wanted: the start is quicker for it.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import StoreError
from desktop_app.improvement_window import ImprovementWindow
from desktop_app.settings import Settings

if TYPE_CHECKING:
    from db.records import Inspection, Record
    from desktop_app.places.inspections import InspectionsPlace
    from desktop_app.places.search_results import SearchResults
    from desktop_app.places.timeline import TimelinePlace
    from desktop_app.workspace import Workspace


class MainWindow(ImprovementWindow):
    """The places of one file, and the deeds that menus, toolbar and keys start."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.timeline: TimelinePlace | None = None
        self._inspections: InspectionsPlace | None = None
        self.results: SearchResults | None = None
        self._connect_deeds()

    def _connect_deeds(self) -> None:
        self.connect_commands(
            {
                "new_inspection": self.new_inspection,
                "search": self.search.start,
                "next_hit": lambda: self._next_hit(1),
                "previous_hit": lambda: self._next_hit(-1),
                "undo": self.undo,
                "redo": self.redo,
                "place_timeline": self.show_timeline,
                "place_inspections": self.show_inspections,
                "next_pane": self.next_pane,
                "new_like_this": self.new_like_this,
                "add_row": self.add_row,
                "remove_inspection": self.remove_inspection,
            }
        )
        self.connect_commands({f"tab_{index + 1}": partial(self.show_tab, index) for index in range(5)})

    def show_tab(self, index: int) -> None:
        """Show a part of the inspection that stands in the place that is shown."""
        if inspection := self.current_inspection():
            self.open_inspection(inspection.id, index)

    def fill(self, workspace: "Workspace") -> None:
        from desktop_app.places.search_results import SearchResults
        from desktop_app.places.timeline import TimelinePlace
        from desktop_app.places.timeline_beside import Neighbours

        workspace.stack_changed.connect(self._show_undo)
        neighbours = Neighbours(self.settings.store)
        timeline = self.timeline = self.put_in(
            lambda parent: TimelinePlace(workspace, neighbours=neighbours, parent=parent)
        )
        timeline.open_wanted.connect(self.open_inspection)
        timeline.new_wanted.connect(self.new_inspection)
        self.results = SearchResults(workspace, self.search, parent=self)
        self.results.hit_opened.connect(self.open_record)
        self._show_undo()
        self.show_timeline()
        self._go_back()
        QTimer.singleShot(0, timeline, lambda: self.inspections)  # its forms are built after the first paint

    @property
    def inspections(self) -> "InspectionsPlace | None":
        """The Inspections place, built when it is first wanted; None without a file."""
        if self._inspections is None and self.workspace is not None:
            from desktop_app.places.inspections import InspectionsPlace

            place = self._inspections = self.put_in(partial(InspectionsPlace, self.workspace))
            place.told.connect(self.status.tell)
            place.pane.problems_changed.connect(self.status.show_problems)
            place.new_wanted.connect(self.new_inspection)
            place.report_wanted.connect(self.new_from_report)
            place.back_up_before = self.back_up_before
            place.front_wanted.connect(lambda: self.show_place("place_inspections", place))
            place.beside.serve(self.commands)
            self.keep_drafts(place)
        return self._inspections

    def unsaved(self) -> list[str]:
        inspections = self._inspections.pane.flush() if self._inspections is not None else []
        return [*inspections, *self.unsaved_improvement()]

    def _go_back(self) -> None:
        """Show what was shown when this file was left."""
        assert self.workspace is not None and self.timeline is not None
        place, inspection_id, tab = self.settings.left_at(self.workspace.store.path)
        if place == "place_improvement":
            self.show_improvement()
        elif place == "place_inspections":
            self.open_inspection(inspection_id, tab)
        elif inspection_id:
            self.timeline.show_inspection(inspection_id)

    def empty(self) -> None:
        if self.workspace is not None and (current := self.current_inspection()):
            place = next(name for name, button in self.place_buttons.items() if button.isChecked())
            tab = 0 if self._inspections is None else self._inspections.pane.tabs.currentIndex()
            self.settings.leave_at(self.workspace.store.path, place, current.id, tab)
        if self._inspections is not None:
            self._inspections.beside.close()
        self.forget_improvement()
        self.search.clear()
        for widget in (self.results, self.timeline, self._inspections):
            if widget is not None:
                self.stack.removeWidget(widget)
                widget.deleteLater()
        self.results = self.timeline = self._inspections = None
        self._name_undo("", "")

    def new_inspection(self) -> None:
        """Ask for the provider, first day and kind of a new inspection."""
        self._start(None)

    def _start(self, like: "Inspection | None") -> None:
        if self.workspace and self.inspections:
            from desktop_app.places.starting import Starting

            self.leave_field()
            starting = Starting(self.workspace, self.inspections, self.settings)
            starting.report_wanted.connect(self.new_from_report)
            starting.ask(self, like)

    def new_like_this(self) -> None:
        """A new row like the one shown, or a new inspection like the one shown."""
        if self.inspections is None:
            return
        tab = self.inspections.pane.current_entry_tab() if self.stack.currentWidget() is self.inspections else None
        if tab is not None and _holds(tab, QApplication.focusWidget()) and tab.start_like_current():
            return
        self._start(self.current_inspection())

    @property
    def _is_timeline_shown(self) -> bool:
        return self.timeline is not None and self.stack.currentWidget() is self.timeline

    def current_inspection(self) -> "Inspection | None":
        """The inspection that stands in the place that is shown."""
        from db.records import Inspection

        if self.workspace and self.timeline and self._is_timeline_shown:
            return self.workspace.store.get(Inspection, self.timeline.view.selected_inspection)
        if self.shown_improvement:
            return self.inspection_of_improvement()
        return self._inspections.pane.inspection if self._inspections else None

    def current_record(self) -> "Record | None":
        if place := self.shown_improvement:
            return place.detail.subject
        if self._inspections and not self._is_timeline_shown:
            tab = self._inspections.pane.current_entry_tab()
            if tab is not None and _holds(tab, QApplication.focusWidget()) and (row := tab.current_record()):
                return row
        return self.current_inspection()

    def add_row(self) -> None:
        """Add the row of the tab that is shown, and start the next one."""
        if self.inspections:
            self.inspections.pane.add_row()

    def remove_inspection(self) -> None:
        """Remove the inspection that is shown; undo brings it back."""
        self.leave_field()
        if self.inspections:
            self.inspections.remove_current()

    def undo(self) -> None:
        self._walk(lambda workspace: workspace.undo(), "Undone")

    def redo(self) -> None:
        self._walk(lambda workspace: workspace.redo(), "Done again")

    def _walk(self, step: "Callable[[Workspace], str]", word: str) -> None:
        if self.workspace is None:
            return
        try:
            label = step(self.workspace)
        except StoreError as error:
            self.status.tell(str(error))
            return
        if label:
            self.status.tell(f"{word}: {label[:1].lower()}{label[1:]}")

    def _show_undo(self) -> None:
        if self.workspace is not None:
            self._name_undo(self.workspace.undo_label, self.workspace.redo_label)

    def _name_undo(self, undo: str, redo: str) -> None:
        for name, word, label in (("undo", "&Undo", undo), ("redo", "&Redo", redo)):
            words = label.replace("&", "&&")
            self.commands[name].setText(f"{word}: {words[:1].lower()}{words[1:]}" if label else word)
            self.commands[name].setEnabled(bool(label))

    def show_place(self, name: str, place: QWidget) -> None:
        super().show_place(name, place)
        self.commands.enable(("add_row", "remove_inspection"), name == "place_inspections")

    def show_timeline(self) -> None:
        """Show the timeline, at the inspection that was shown in the other place."""
        if self.timeline is None:
            return
        if self._inspections and self._inspections.isVisible() and self._inspections.pane.inspection:
            self.timeline.show_inspection(self._inspections.pane.inspection.id)
        self.show_place("place_timeline", self.timeline)
        is_empty = self.timeline.empty.isVisible()
        start = self.timeline.empty.buttons[0] if is_empty else self.timeline.panes()[0]
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_inspection(self, inspection_id: str, tab: int = 0) -> None:
        if self.workspace and self.inspections:
            from db.records import Inspection

            inspection = self.workspace.store.get(Inspection, inspection_id)
            if inspection is not None:
                self.inspections.show_inspection(inspection, tab)

    def show_inspections(self) -> None:
        if self.inspections:
            self.show_place("place_inspections", self.inspections)
            self.inspections.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_pane(self) -> None:
        """Put the focus into the next part of the window."""
        if self.inspections is None or self.timeline is None:
            return
        place = self.shown_improvement or (self.timeline if self._is_timeline_shown else self.inspections)
        panes = place.panes()
        focused = QApplication.focusWidget()
        inside = next((i for i, pane in enumerate(panes) if _holds(pane, focused)), -1)
        self._focus_pane(panes[(inside + 1) % len(panes)])

    def _focus_pane(self, pane: QWidget) -> None:
        if place := self.shown_improvement:
            place.focus_pane(pane)
            return
        if self._is_timeline_shown or self.inspections is None:
            pane.setFocus(Qt.FocusReason.TabFocusReason)
            return
        rows = self.inspections.pane.current_entry_tab()
        if pane is self.inspections.pane.tabs.currentWidget() or (rows and pane is rows.form):
            self.inspections.pane.show_tab(self.inspections.pane.tabs.currentIndex())
        elif rows and pane is rows.list:
            rows.focus_list()
        else:
            pane.setFocus(Qt.FocusReason.TabFocusReason)

    def _next_hit(self, step: int) -> None:
        if self.results is not None:
            self.results.next_hit(step)

    def open_record(self, type_name: str, record_id: str) -> None:
        if self.workspace is None or self.inspections is None:
            return
        from db.dependents import shown_with
        from db.records import RecordType
        from db.rows import classes
        from desktop_app.views.marking import mark_words

        self.leave_field()
        record = self.workspace.store.get(classes()[RecordType(type_name)], record_id)
        if record is None or self.open_work(record):
            return
        if self.inspections.go_to(shown_with(self.workspace.store, record)):
            mark_words(self.inspections.pane.tabs.currentWidget(), self.search.text())
            self._show_paragraph(record_id)
        else:
            self.status.tell("This document is about no inspection. Open one, and link the document under Documents.")

    def _show_paragraph(self, document_id: str) -> None:
        """Show a paragraph of a report that was found, in the report."""
        hit = self.results.opened if self.results else None
        if hit is not None and hit.place is not None and hit.record_id == document_id and self.inspections:
            from desktop_app.reading.finding import TakenFrom

            self.inspections.beside.show_words(document_id, TakenFrom(hit.text, hit.page, hit.paragraph))


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
