"""The row of tools above the timeline: picture or table, filters, other providers, zoom, paper."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from db.frameworks import Framework
from db.lists import Lists
from db.records import Inspection
from db.timeline import Timeline
from desktop_app import look
from desktop_app.views.fields import ChoiceField
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import as_button_text
from desktop_app.views.timeline_view import TimelineView


class TimelineTools(QWidget):
    """Signals:
    filtered: Emitted when another filter is chosen.
    """

    filtered = Signal()

    def __init__(self, view: TimelineView, paper: QWidget, lead: Sequence[QWidget] = ()) -> None:
        """Make the row.

        Args:
            lead: what stands before the tools in the same row, as long as it fits.
        """
        super().__init__()
        self.setAccessibleName("Tools of the timeline")
        flow = self._flow = FlowLayout(self, gap_px=look.space(1.5))
        self.table_button = QPushButton("T&able")
        self.table_button.setCheckable(True)
        self.table_button.setAccessibleDescription("Show the same facts as a table that can be copied")
        self.strand = _choice("Strand", 13)
        self.framework = _choice("Framework", 13)
        self.kind = _choice("Kind of inspection", 13)
        self.providers_button = QPushButton("Side by &side…")
        self.providers_button.setAccessibleDescription("Show one strand of several providers")
        self.out_button = _button("−", "Zoom out", lambda: view.zoom_by(-1))
        self.in_button = _button("+", "Zoom in", lambda: view.zoom_by(1))
        self.fit_button = QPushButton("Fit")
        self.fit_menu = QMenu(self.fit_button)
        self.fit_menu.setAccessibleName("Fit")
        self.fit_button.setMenu(self.fit_menu)
        self._view = view
        for choice in (self.strand, self.framework, self.kind):
            choice.edited.connect(self.filtered)
        shown: Sequence[QWidget] = (
            *lead, self.table_button, self.strand, self.framework, self.kind, self.providers_button,
            self.out_button, self.in_button, self.fit_button, paper,
        )  # fmt: skip
        self.controls = [widget for widget in shown if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
        for widget in shown:
            flow.addWidget(widget)

    @property
    def row_px(self) -> int:
        """How wide it must be to stand in one row."""
        return self._flow.sizeHint().width()

    def offer_filters(self, is_offered: bool) -> None:
        """Show the filters, or not while several providers stand side by side."""
        for choice in (self.strand, self.framework, self.kind):
            choice.setVisible(is_offered)

    def offer(self, timeline: Timeline, lists: Lists, inspections: Sequence[Inspection]) -> None:
        """Offer what a timeline holds: its lanes, the frameworks and kinds of its inspections."""
        self.strand.set_choices([(None, "All lanes"), *((lane.key, lane.label) for lane in timeline.lanes)])
        kinds = [one for one in lists.kinds.values() if any(each.kind_id == one.id for each in inspections)]
        frameworks = [one for one in lists.frameworks.values() if any(kind.framework_id == one.id for kind in kinds)]
        self.framework.set_choices([(None, "All frameworks"), *((one.id, _told(one)) for one in frameworks)])
        self.kind.set_choices([(None, "All kinds"), *((one.id, one.label) for one in kinds)])
        for choice in (self.strand, self.framework, self.kind):
            if choice.currentIndex() < 0:
                choice.set_value(None)
        self.fit_menu.clear()
        self.fit_menu.addAction("All years", self._view.fit_all)
        for span in timeline.frameworks:
            fit = self._fitting(span.first, span.last)
            self.fit_menu.addAction(as_button_text(span.label), fit)

    def _fitting(self, first: date, last: date) -> Callable[[], None]:
        return lambda: self._view.fit_days(first, last)

    def kept(self, lists: Lists, inspections: Sequence[Inspection]) -> set[str] | None:
        """The ids of the inspections that the filters leave, None where they leave all."""
        framework, kind = self.framework.value(), self.kind.value()
        if framework is None and kind is None:
            return None
        return {
            one.id
            for one in inspections
            if kind in (None, one.kind_id) and framework in (None, lists.kinds[one.kind_id].framework_id)
        }

    def kept_count(self, lists: Lists, inspections: Sequence[Inspection]) -> int | None:
        """How many inspections the filters leave, other events not counted; None where they leave all."""
        kept = self.kept(lists, inspections) if self.strand.isVisibleTo(self) else None
        if kept is None:
            return None
        return sum(one.id in kept and lists.framework_of(one.kind_id).is_inspection for one in inspections)


def _told(framework: Framework) -> str:
    first = framework.in_force_from
    return f"{framework.short_name} from {first.year}" if first else framework.short_name


def _choice(name: str, letters: int) -> ChoiceField:
    choice = ChoiceField(width_letters=letters)
    choice.setAccessibleName(name)
    choice.setAccessibleDescription(f"{name}.")  # some screens read the value in the name's place
    return choice


def _button(text: str, name: str, deed: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.clicked.connect(lambda: deed())
    return button
