"""The window's Improvement place: shown, gone to from elsewhere, and asked for what is unsaved in it."""

from functools import partial
from typing import TYPE_CHECKING

from desktop_app.dialogs_window import DialogsWindow
from desktop_app.settings import Settings

if TYPE_CHECKING:
    from db.records import Inspection, Record
    from desktop_app.draft_keeper import Pane
    from desktop_app.places.improvement import ImprovementPlace
    from desktop_app.places.inspections import InspectionsPlace
    from desktop_app.places.unsaved_typing import UnsavedTyping


class ImprovementWindow(DialogsWindow):
    """The place is built when it is first wanted."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._improvement: ImprovementPlace | None = None
        self._typing: UnsavedTyping | None = None
        self.connect_commands(
            {
                "place_improvement": self.show_improvement,
                "action_for_quote": self.start_action_for_quote,
                "save_now": self.save_now,
                "due_next": self.show_due_next,
                "action_plan": self.write_action_plan,
            }
        )

    def show_inspections(self) -> None:
        """Show the Inspections place."""
        raise NotImplementedError

    def current_record(self) -> "Record | None":
        raise NotImplementedError

    @property
    def improvement(self) -> "ImprovementPlace | None":
        """The Improvement place; None without a file."""
        if self._improvement is None and self.workspace is not None:
            from desktop_app.places.improvement import ImprovementPlace

            place = self._improvement = self.put_in(partial(ImprovementPlace, self.workspace))
            place.told.connect(self.status.tell)
            place.detail.problems_changed.connect(self.status.show_problems)
            place.front_wanted.connect(lambda: self.show_place("place_improvement", place))
            place.inspections_wanted.connect(self.show_inspections)
            place.record_wanted.connect(self._go_to_in_inspections)
            if self._typing is not None:
                self._typing.watch(place)
        return self._improvement

    @property
    def shown_improvement(self) -> "ImprovementPlace | None":
        """The Improvement place where it is the one in front."""
        place = self._improvement
        return place if place is not None and self.stack.currentWidget() is place else None

    def show_improvement(self) -> None:
        """Show the Improvement place, with the focus in its list."""
        if place := self.improvement:
            self.show_place("place_improvement", place)
            place.focus_list()

    def open_work(self, record: "Record") -> bool:
        """Show an action, a note, evidence or a report to a committee; False where the record is none of these."""
        from db.improvement_records import Action, CommitteeReport, Evidence, ProgressNote

        place = self.improvement if isinstance(record, (Action, ProgressNote, Evidence, CommitteeReport)) else None
        return place is not None and place.go_to(record)

    def save_now(self) -> None:
        """Save the field that is being typed in, and say so."""
        self.leave_field()
        inspections, improvement = self.inspections, self._improvement
        is_begun = inspections is not None and inspections.pane.is_row_begun
        if is_begun or (improvement is not None and improvement.detail.is_row_begun):
            self.status.tell("All fields saved. A new row is still a draft: Ctrl+Return adds it.")
        else:
            self.status.tell(self.status.saved)

    def forget_improvement(self) -> None:
        """Let go of the place: its file is closed."""
        if self._improvement is not None:
            self._improvement.rest()
            self.stack.removeWidget(self._improvement)
            self._improvement.deleteLater()
            self._improvement = None
        self._typing = None

    def unsaved_improvement(self) -> list[str]:
        """Save what can be saved of the Improvement place; return what cannot, in words."""
        return self._improvement.detail.flush() if self._improvement is not None else []

    def typings(self, place: "InspectionsPlace") -> "Pane":
        from desktop_app.places.unsaved_typing import UnsavedTyping

        self._typing = UnsavedTyping(place.pane, lambda: self._improvement, lambda: self.improvement)
        self._typing.setParent(place)
        if self._improvement is not None:
            self._typing.watch(self._improvement)
        return self._typing

    def _go_to_in_inspections(self, record: "Record") -> None:
        if (inspections := self.inspections) and not inspections.go_to(record):
            self.status.tell("This is no longer in the file.")

    def start_action_for_quote(self) -> None:
        """Start a new action for the quote that is shown."""
        from db.records import Quote

        self.leave_field()
        quote = self.current_record()
        if not isinstance(quote, Quote):
            self.status.tell("Choose a quote first: the action hangs on it.")
        elif place := self.improvement:
            place.start_action(quote)

    def show_due_next(self) -> None:
        """Show what is late and what comes next."""
        if self.workspace:
            from desktop_app.places.due_dialog import DueDialog

            self.leave_field()
            dialog = DueDialog(self.workspace, self)
            dialog.record_wanted.connect(self._open_due)
            dialog.open()

    def _open_due(self, type_name: str, record_id: str) -> None:
        """Go to what is due: an area for improvement in this place, anything else where it is entered."""
        from db.records import RecordType

        is_area = type_name == RecordType.AREA_FOR_IMPROVEMENT
        if not (is_area and (place := self.improvement) and place.go_to_area(record_id)):
            self.open_record(type_name, record_id)

    def write_action_plan(self) -> None:
        """Write the action plan, of what the place shows where it is in front."""
        if self.workspace:
            from desktop_app.places.action_plan_dialog import ActionPlanDialog

            self.leave_field()
            place = self.shown_improvement
            dialog = ActionPlanDialog(self.workspace, place.table.rows.area_ids() if place else (), self)
            dialog.told.connect(self.status.tell)
            dialog.open()

    def inspection_of_improvement(self) -> "Inspection | None":
        """The inspection of what the Improvement place shows."""
        from db.records import Inspection

        subject = self._improvement.detail.subject if self._improvement else None
        return self.workspace.store.get(Inspection, subject.inspection_id) if self.workspace and subject else None
