"""The second step of an import: what each column of the table is, with the first values under its heading."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from db.lists import Lists
from db.overview import newest_first
from db.records import Inspection
from desktop_app import look
from desktop_app.exchange.import_fields import NOTHING, Field
from desktop_app.exchange.import_file import Columns, Wish
from desktop_app.exchange.import_matching import Column
from desktop_app.places.dialog_parts import button, button_line
from desktop_app.views.announce import announce
from desktop_app.views.fields import ChoiceField, NumberField
from desktop_app.views.labelled import Labelled, show_field
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import plain_label, wrapped_label

_LONGEST_SAMPLE, _SAMPLES = 34, 3
_TWICE = "“{}” is chosen for two columns, {} and {}. Choose another for one of them, or leave it out."
_NONE = "Choose what at least one column is."
_REPEATED = "notes"


@dataclass(slots=True)
class _Line:
    """One column on the page."""

    column: Column
    choice: ChoiceField
    is_sure: bool


class ColumnsPage(QWidget):
    """Signals:
    preview_wanted: Emitted when the columns are as they shall be.
    back_wanted: Emitted when another table shall be chosen.
    look_again: Emitted with the name of a sheet and the row of the headings, 0 where it is to be found.
    left: Emitted when the person thinks better of it.
    """

    preview_wanted = Signal()
    back_wanted = Signal()
    look_again = Signal(str, int)
    left = Signal()

    def __init__(self, lists: Lists, inspections: list[Inspection], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists = lists
        self._lines: list[_Line] = []
        self._is_all_known = False
        self.words, self.error = wrapped_label(""), wrapped_label("", "error")
        self.sheet, self.row = ChoiceField(), NumberField("row")
        self.sheet_block = Labelled("&Sheet", self.sheet)
        self.row_block = Labelled("&Headings in row", self.row)
        self._make_defaults(inspections)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName("Columns")
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        name_bars(self._area, "columns")
        self.back_button = button("&Back", self.back_wanted.emit)
        self.cancel_button = button("Cancel", self.left.emit)
        self.preview_button = button("&Preview", self._on_preview, is_primary=True)
        self._lay_out()
        self.sheet.left.connect(lambda: self.look_again.emit(self.sheet.value() or "", 0))
        self.row.left.connect(self._on_row)

    def _make_defaults(self, inspections: list[Inspection]) -> None:
        """What holds for rows that do not say it themselves."""
        lists = self._lists
        self.provider, self.kind, self.inspection = ChoiceField(), ChoiceField(), ChoiceField()
        providers = [(key, one.name) for key, one in lists.providers.items()]
        self.provider.set_choices((("", "None: such rows stay out"), *providers))
        self.provider.set_value(providers[0][0] if len(providers) == 1 else "")
        kinds = {one.code: one.label for one in lists.kinds_on(None)}
        self.kind.set_choices((("", "By the first day and the length"), *kinds.items()))
        names = [
            (one.id, f"{lists.providers[one.provider_id].name}, {lists.name_of(one)}")
            for one in newest_first(inspections)
        ]
        self.inspection.set_choices((("", "None: such rows stay out"), *names))
        for field in (self.kind, self.inspection):
            field.set_value("")
        self._defaults = {
            "provider": Labelled("Pro&vider of all rows", self.provider),
            "kind": Labelled("&Kind of inspection, where a row leaves it open", self.kind),
            "inspection": Labelled("&Inspection of all rows", self.inspection),
        }

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(look.space(4))
        line.addWidget(self.words, 1)
        line.addWidget(self.sheet_block)
        line.addWidget(self.row_block)
        defaults = QHBoxLayout()
        defaults.setSpacing(look.space(4))
        for block in self._defaults.values():
            defaults.addWidget(block, 1)
        buttons = button_line(self.back_button, self.preview_button)
        buttons.insertWidget(0, self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        column.addLayout(line)
        column.addWidget(self._area, 1)
        column.addLayout(defaults)
        column.addWidget(self.error)
        column.addLayout(buttons)

    def show_columns(self, columns: Columns, fields: Mapping[str, Field], remembered: Mapping[int, str] | None) -> None:
        """Show a table's columns.

        Args:
            remembered: what a person chose for such headings before; None where they are new.
        """
        self.show_error("")
        chosen = columns.fields if remembered is None else dict(remembered)
        choices = _choices(fields)
        self._lines = []
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, look.space(2), 0)
        grid.setHorizontalSpacing(look.space(4))
        for place, heading in enumerate(("Heading", "First values", "Comes in as")):
            grid.addWidget(plain_label(heading, "muted"), 0, place)
        for row, column in enumerate(columns.headings.columns, 1):
            match = columns.matches[column.place]
            is_sure = remembered is not None or match.is_sure or not match.key
            self._add_line(grid, row, column, choices, chosen.get(column.place, NOTHING), is_sure=is_sure)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        grid.setRowStretch(len(self._lines) + 1, 1)
        self._area.setWidget(inner)
        self._show_table(columns, is_remembered=remembered is not None)
        self._follow()

    def _show_table(self, columns: Columns, *, is_remembered: bool) -> None:
        headings = columns.headings
        self._is_all_known = is_remembered or headings.layout is not None
        count = "1 column" if len(headings.columns) == 1 else f"{len(headings.columns):,} columns"
        said = [f"{columns.source.name}: {count}. Look at what each one is taken for."]
        if headings.layout:
            said = [f"{columns.source.name} is {headings.layout.name}. Its columns are known."]
        elif is_remembered:
            said = [f"{columns.source.name}: {count}, taken as you chose for these headings before."]
        self.words.setText(" ".join(said))
        self.sheet_block.setVisible(len(columns.sheets) > 1)
        self.sheet.set_choices([(name, name) for name in columns.sheets if name])
        self.sheet.set_value(columns.sheet or columns.sheets[0] or None)
        self.row.set_value(headings.row)

    def _add_line(
        self,
        grid: QGridLayout,
        row: int,
        column: Column,
        choices: list[tuple[str | None, str]],
        key: str,
        *,
        is_sure: bool,
    ) -> None:
        choice = ChoiceField(width_letters=34)
        choice.set_choices(choices)
        choice.set_value(key)
        samples = "; ".join(_short(one) for one in column.samples[:_SAMPLES])
        choice.setAccessibleName(f"{column.heading} comes in as")
        check = "" if is_sure else "Check this one. "
        choice.setAccessibleDescription(f"Column {column.heading}. {check}First values: {samples or 'none'}")
        label = plain_label(_short(column.heading), "" if key else "muted")
        label.setBuddy(choice)
        values = plain_label(_short(samples), "muted")
        values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid.addWidget(label, row, 0)
        grid.addWidget(values, row, 1)
        grid.addWidget(choice, row, 2)
        if not is_sure:
            grid.addWidget(plain_label("Check"), row, 3)
        choice.edited.connect(self._follow)
        self._lines.append(_Line(column, choice, is_sure))

    @property
    def choices(self) -> tuple[ChoiceField, ...]:
        """What each column is, in their order."""
        return tuple(line.choice for line in self._lines)

    def _follow(self) -> None:
        """Ask only for what no column says."""
        keys = {line.choice.value() for line in self._lines}
        has_days = "started_on" in keys
        shown = {"provider": "provider" not in keys, "kind": has_days, "inspection": not has_days}
        for name, block in self._defaults.items():
            block.setVisible(shown[name])
        self.show_error("")

    def _on_row(self) -> None:
        try:
            row = self.row.value()
        except ValueError as error:
            self.row_block.set_error(str(error))
            return
        self.row_block.clear_error()
        self.look_again.emit(self.sheet.value() or "", row or 0)

    def _on_preview(self) -> None:
        seen: dict[str, Column] = {}
        for line in self._lines:
            key = line.choice.value()
            if key and key in seen and key != _REPEATED:
                self.show_error(_TWICE.format(line.choice.currentText(), seen[key].heading, line.column.heading))
                show_field(line.choice)
                return
            seen[key or NOTHING] = line.column
        if not set(seen) - {NOTHING}:
            self.show_error(_NONE)
            return
        self.preview_wanted.emit()

    def wish(self) -> Wish:
        """What the person chose."""
        is_hidden = {name: block.isHidden() for name, block in self._defaults.items()}
        return Wish(
            {line.column.place: line.choice.value() or NOTHING for line in self._lines if line.choice.value()},
            provider_id="" if is_hidden["provider"] else self.provider.value() or "",
            kind="" if is_hidden["kind"] else self.kind.value() or "",
            inspection_id="" if is_hidden["inspection"] else self.inspection.value() or "",
        )

    def show_error(self, words: str) -> None:
        """Show why it cannot go on; empty takes it back."""
        self.error.setText(words)
        self.error.setVisible(bool(words))
        announce(self, words, is_urgent=True)

    def start(self) -> None:
        """Put the focus on the first column that is to be looked at."""
        self.preview_button.setDefault(True)
        doubtful = [line.choice for line in self._lines if not line.is_sure]
        first = self.preview_button if self._is_all_known or not doubtful else doubtful[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _choices(fields: Mapping[str, Field]) -> list[tuple[str | None, str]]:
    kept: list[tuple[str | None, str]] = [(field.key, field.label) for field in fields.values()]
    return [(NOTHING, "Leave out"), *kept]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_SAMPLE else f"{line[: _LONGEST_SAMPLE - 1]}…"
