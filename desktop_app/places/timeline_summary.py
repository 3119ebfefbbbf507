"""The summary of one inspection below the timeline: what it is, its grades, what must get better, quotes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.dates import period
from db.records import (
    SPECIAL_VALUES,
    AreaForImprovement,
    Document,
    Inspection,
    Judgement,
    Quote,
)
from desktop_app import look
from desktop_app.places.timeline_compare import CompareDialog, others_of
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.workspace import Workspace

MOST_AREAS, MOST_QUOTES = 5, 3
CHIP_LETTERS = 20
BRIEF_LINES = 6  # below so many the summary is one line
GRAVE = 3  # the weight of a finding that forces quick action


class TimelineSummary(QScrollArea):
    """Signals:
    open_wanted: Emitted with the id of the inspection that shall be opened.
    """

    open_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.inspection: Inspection | None = None
        self._is_brief = False
        self.open_button = QPushButton()
        self.setAccessibleName("Summary of the selected inspection")
        self.setWidgetResizable(True)
        self.verticalScrollBar().setAccessibleName("Scroll the summary")
        self.horizontalScrollBar().setAccessibleName("Scroll the summary sideways")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_inspection(None)

    def show_inspection(self, inspection: Inspection | None) -> None:
        """Show an inspection as the file has it now; None says how to choose one."""
        self.inspection = inspection
        had_focus = self.open_button.hasFocus()
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(look.space(6), look.space(3), look.space(6), look.space(3))
        columns.setSpacing(look.space(8))
        if self._is_brief:
            columns.setContentsMargins(look.space(6), look.space(1), look.space(6), look.space(1))
            columns.setSpacing(look.space(3))
        if inspection is not None and self._is_brief:
            self._fill_brief(columns, inspection)
        elif inspection is None:
            columns.addWidget(plain_label("Choose an event to see what was said.", "muted"))
            columns.addStretch()
        else:
            columns.addWidget(self._details(inspection), 4)
            columns.addWidget(self._areas(inspection), 5)
            columns.addWidget(self._quotes(inspection), 5)
        self.setWidget(page)
        if had_focus and inspection is not None:
            self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _details(self, inspection: Inspection) -> QWidget:
        lists = self._workspace.lists
        column, rows = _column()
        rows.addWidget(wrapped_label(lists.kinds[inspection.kind_id].label, "subheading"))
        is_inspection = lists.framework_of(inspection.kind_id).is_inspection
        if inspection.title and not is_inspection:
            rows.addWidget(wrapped_label(inspection.title))
        rows.addWidget(wrapped_label(_dates(inspection), "muted"))
        if inspection.lead_inspector:
            names = inspection.lead_inspector
            rows.addWidget(wrapped_label(f"Lead inspector {names}", "muted"))
        if inspection.theme:
            rows.addWidget(wrapped_label(f"About {inspection.theme}", "muted"))
        deeds = self._deeds(inspection)
        deeds.addStretch(1)
        rows.addLayout(deeds)
        rows.addSpacing(look.space(1))
        rows.addLayout(self._judgements(inspection))
        rows.addStretch()
        return column

    def _deeds(self, inspection: Inspection) -> QHBoxLayout:
        is_inspection = self._workspace.lists.framework_of(inspection.kind_id).is_inspection
        self.open_button = QPushButton("Open inspection" if is_inspection else "Open event")
        self.open_button.clicked.connect(lambda: self.open_wanted.emit(inspection.id))
        deeds = QHBoxLayout()
        deeds.addWidget(self.open_button)
        if is_inspection and others_of(self._workspace, inspection):
            compare = QPushButton("Compare with…")
            compare.clicked.connect(lambda: self.compare(inspection).open())
            deeds.addWidget(compare)
        return deeds

    def _fill_brief(self, columns: QHBoxLayout, inspection: Inspection) -> None:
        """One line: what it is, when, how much was said, and what can be done with it."""
        lists, store = self._workspace.lists, self._workspace.store
        is_inspection = lists.framework_of(inspection.kind_id).is_inspection
        name = lists.kinds[inspection.kind_id].label if is_inspection else inspection.title
        columns.addWidget(plain_label(name or lists.kinds[inspection.kind_id].label, "subheading"))
        areas = store.count(AreaForImprovement, inspection_id=inspection.id)
        quotes = store.count(Quote, inspection_id=inspection.id)
        told = [_dates(inspection), f"areas for improvement: {areas or 'none recorded'}"] if is_inspection else []
        told += [f"quotes: {quotes or 'none recorded'}"] if is_inspection else [_dates(inspection)]
        columns.addWidget(wrapped_label(" · ".join(told), "muted"), 1)
        columns.addLayout(self._deeds(inspection))

    @property
    def brief_px(self) -> int:
        """The height that the one line needs; what it tells may break in two."""
        told_px = 2 * self.fontMetrics().lineSpacing()
        return max(self.open_button.sizeHint().height(), told_px) + look.space(3) + 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell it in one line where there is no room for more."""
        super().resizeEvent(event)
        is_brief = self.height() < self.fontMetrics().height() * BRIEF_LINES
        if is_brief != self._is_brief:
            self._is_brief = is_brief
            self.show_inspection(self.inspection)

    def compare(self, inspection: Inspection) -> CompareDialog:
        """The dialog that sets an inspection beside another one of its provider."""
        return CompareDialog(self._workspace, inspection, self)

    def _judgements(self, inspection: Inspection) -> QGridLayout:
        """Every judgement in printed order, in its groups, each with its grade in words."""
        lists = self._workspace.lists
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space(3))
        grid.setVerticalSpacing(look.space(1))
        grid.setColumnStretch(0, 1)
        found = self._workspace.store.each(Judgement, inspection_id=inspection.id)
        found.sort(key=lambda one: lists.areas[one.area_id].position)
        group = ""
        for judgement in found:
            area = lists.areas[judgement.area_id]
            if area.group_label != group:
                group = area.group_label
                grid.addWidget(wrapped_label(group, "muted"), grid.rowCount(), 0, 1, 2)
            label = lists.area_label(area, inspection.provider_id)
            chip = self._chip(judgement)
            chip.setAccessibleName(f"{label}: {chip.text()}")
            row = grid.rowCount()
            grid.addWidget(wrapped_label(label), row, 0)
            grid.addWidget(chip, row, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return grid

    def _chip(self, judgement: Judgement) -> QLabel:
        grade = self._workspace.lists.grades.get(judgement.grade_id or "")
        if grade is None:
            return plain_label(SPECIAL_VALUES.get(judgement.special or "", f"“{judgement.grade_as_printed}”"))
        chip = plain_label(grade.label)
        chip.setProperty("tone", grade.tone)
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        most_px = chip.fontMetrics().averageCharWidth() * CHIP_LETTERS
        if len(grade.label) > CHIP_LETTERS:  # a long grade takes two lines, and leaves room for the area
            chip.setWordWrap(True)
            chip.setFixedWidth(most_px + look.space(7))
        return chip

    def _areas(self, inspection: Inspection) -> QWidget:
        lists = self._workspace.lists
        found = self._workspace.store.each(AreaForImprovement, inspection_id=inspection.id)
        column, rows = _column()
        rows.addWidget(wrapped_label(f"Areas for improvement: {len(found) or 'none recorded'}", "subheading"))
        is_mixed = len({area.finding_kind_id for area in found}) > 1
        for number, area in enumerate(found[:MOST_AREAS], 1):
            rows.addWidget(wrapped_label(f"{number}  {area.text}"))
            kind = lists.finding_kinds[area.finding_kind_id]
            told = [kind.label] if is_mixed or kind.weight >= GRAVE else []
            if area.timescale_id:
                told.append(lists.timescales[area.timescale_id].label)
            if told:
                rows.addWidget(wrapped_label(" · ".join(told), "error" if kind.weight >= GRAVE else "muted"))
        _say_more(rows, len(found) - MOST_AREAS)
        rows.addStretch()
        return column

    def _quotes(self, inspection: Inspection) -> QWidget:
        found = self._workspace.store.each(Quote, inspection_id=inspection.id)
        found.sort(key=lambda quote: quote.voice != "inspectors")
        column, rows = _column()
        rows.addWidget(wrapped_label(f"Quotes: {len(found) or 'none recorded'}", "subheading"))
        titles = {one.id: one.title for one in self._workspace.store.each(Document, inspection_ids=inspection.id)}
        for quote in found[:MOST_QUOTES]:
            rows.addWidget(wrapped_label(f"“{quote.text}”"))
            rows.addWidget(wrapped_label(self._place(quote, titles), "muted"))
        _say_more(rows, len(found) - MOST_QUOTES)
        rows.addStretch()
        return column

    def _place(self, quote: Quote, titles: dict[str, str]) -> str:
        """What a quote is about, who said it, and where it stands."""
        lists = self._workspace.lists
        told = []
        if quote.strand_id:
            told.append(lists.strands[quote.strand_id].label)
        elif quote.area_id:
            told.append(lists.area_label(lists.areas[quote.area_id]))
        if quote.voice != "inspectors" and quote.speaker:
            told.append(quote.speaker)
        where = [f"page {quote.page}" if quote.page else "", f"paragraph {quote.paragraph}" if quote.paragraph else ""]
        told.append(", ".join(filter(None, (titles.get(quote.document_id or "", ""), *where))) or "no source yet")
        return " · ".join(told)


def _dates(inspection: Inspection) -> str:
    told = [period(inspection.started_on, inspection.ended_on) or inspection.dates_as_printed or "Date not known"]
    if second := period(inspection.second_started_on, inspection.second_ended_on):
        told.append(f"and {second}")
    if inspection.published_on:
        told.append(f"published {inspection.published_on}")
    return " · ".join(told)


def _column() -> tuple[QWidget, QVBoxLayout]:
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(look.space(1))
    return column, rows


def _say_more(rows: QVBoxLayout, count: int) -> None:
    if count > 0:
        rows.addWidget(wrapped_label(f"and {count} more", "muted"))
