"""What a person chooses when sharing: how much goes out, in which form, with what marking, and where to."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from db.copy import contents
from db.errors import StoreError
from db.lists import Lists
from db.records import Inspection
from db.safe_content import MARKINGS, Choice
from db.store import Store
from desktop_app import look
from desktop_app.exchange.sharing import ENDINGS
from desktop_app.places.dialog_parts import button, button_line
from desktop_app.views.check_list import CheckList
from desktop_app.views.fields import CheckField, ChoiceField, LineField
from desktop_app.views.labelled import ErrorSummary, Labelled
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.words import contents_in_words

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
SAFE, FULL, ONLY = "safe", "full", "only"
PRESETS = ((SAFE, "Safe copy"), (FULL, "Full copy"), (ONLY, "Only these inspections"))
FORMS = (("sqlite", "Copy (SQLite)"), ("xlsx", "Workbook (Excel)"), ("csv", "Tables (CSV in a ZIP)"))
SAFE_LEAVES_OUT = (
    "Notes, owners and progress, drafts, the change log, everything that was deleted, names of users and places on a "
    "computer stay out: not one word of them is in it."
)
LEFT_OUT = {
    SAFE: SAFE_LEAVES_OUT,
    FULL: (
        "Everything is in it: notes, owners, drafts, and in a copy the change log with all that was deleted. "
        "It is meant for people who keep this file with you."
    ),
    ONLY: f"Only what you tick goes out, with what belongs to it. {SAFE_LEAVES_OUT}",
}
OPENS_IN = {
    "sqlite": (
        "It opens here, and in programs such as DB Browser for SQLite and Datasette, where it says what each column "
        "means. A manifest stands beside it."
    ),
    "xlsx": "Each kind of record is a table with filters and real dates; a cover says where it comes from.",
    "csv": "For Power BI and other programs; datapackage.json inside says what each column means.",
}


class ShareForm(QWidget):
    """Signals:
    write_wanted: Emitted when the button that writes is pressed.
    choose_wanted: Emitted when the place is to be chosen in the system's dialog.
    left: Emitted when the person thinks better of it.
    """

    write_wanted = Signal()
    choose_wanted = Signal()
    left = Signal()

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._source = store, store.path
        self.summary = ErrorSummary()
        self._make_fields()
        self._lay_out()
        self.preset.edited.connect(self._follow)
        self.form.edited.connect(self._follow_form)
        self.where.set_value(str(self.free_name()))
        self._follow()

    def _make_fields(self) -> None:
        self.preset, self.form, self.marking = ChoiceField(), ChoiceField(), ChoiceField()
        self.preset.set_choices(PRESETS)
        self.form.set_choices(FORMS)
        self.marking.set_choices((("", "None"), *((words, words) for words in MARKINGS)))
        for field, value in ((self.preset, SAFE), (self.form, "sqlite"), (self.marking, "")):
            field.set_value(value)
        self.inspections = CheckList("Inspections that go out", rows=4)
        self.inspections_block = Labelled("&Inspections that go out", self.inspections)
        self.attribution = LineField()
        self.with_documents = CheckField("Put kept &documents in")
        self.with_metadata = CheckField("Describe it for Data&sette")
        self.where = LineField()
        self.where_block = Labelled("&Where", self.where, "A name alone stands beside your file.")
        self.choose_button = button("C&hoose…", self.choose_wanted.emit)
        self.cancel_button = button("Cancel", self.left.emit)
        self.write_button = button("Write the copy", self.write_wanted.emit, is_primary=True)
        self.write_button.setDefault(True)
        self._left_out, self._opens_in = wrapped_label(), wrapped_label(role="muted")
        self.said = plain_label("", "muted")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        column.addWidget(self.summary)
        column.addWidget(plain_label("What will be in it", "subheading"))
        column.addWidget(wrapped_label(contents_in_words(contents(self._store.connection))))
        grid = QGridLayout()
        grid.setSpacing(look.space(3))
        grid.addWidget(Labelled("Wh&at goes out", self.preset), 0, 0)
        grid.addWidget(Labelled("F&ormat", self.form), 0, 1)
        grid.addWidget(Labelled("&Marking", self.marking, optional=True), 0, 2)
        grid.addWidget(Labelled("Attri&bution, beside the licence", self.attribution, optional=True), 1, 0)
        grid.addWidget(self.with_documents, 1, 1, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self.with_metadata, 1, 2, Qt.AlignmentFlag.AlignBottom)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addWidget(self.inspections_block)
        for widget in (self._left_out, self._opens_in, wrapped_label(LICENCE, "muted"), self.where_block, self.said):
            column.addWidget(widget)
        column.addStretch(1)
        line = button_line(self.cancel_button, self.write_button)
        line.insertWidget(0, self.choose_button)
        column.addLayout(line)

    def choice(self) -> Choice | None:
        """What goes out; None for everything.

        Raises:
            StoreError: no inspection is ticked.
        """
        if self.preset.value() == FULL:
            return None
        ids = None
        if self.preset.value() == ONLY:
            ids = frozenset(self.inspections.value())
            if not ids:
                raise StoreError("Tick at least one inspection that goes out.")
        return Choice(
            inspection_ids=ids,
            with_documents=self.with_documents.isEnabled() and self.with_documents.value(),
            marking=self.marking.value() or "",
            attribution=self.attribution.value(),
        )

    def free_name(self) -> Path:
        """A name beside the file that is not taken."""
        ending = ENDINGS[self.form.value() or "sqlite"]
        stem = self._source.stem
        names = (f"{stem}-copy{number}{ending}" for number in ("", *(f"-{n}" for n in range(2, 100))))
        paths = map(self._source.with_name, names)
        return next((path for path in paths if not path.exists()), self._source.with_name(f"copy{ending}"))

    def show_error(self, words: str, field: QWidget | None = None) -> None:
        """Show what is wrong beside a field, the place where nothing else is named; an empty text clears it."""
        wrong = field or self.where
        self.where_block.set_error(words if wrong is self.where else "")
        self.inspections_block.set_error(words if wrong is self.inspections else "")
        self.summary.set_errors([(words, wrong)] if words else [])
        if words:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        preset, form = self.preset.value() or SAFE, self.form.value() or "sqlite"
        self._left_out.setText(LEFT_OUT[preset])
        self._opens_in.setText(OPENS_IN[form])
        is_safe_copy = preset != FULL and form == "sqlite"
        for field, is_asked in (
            (self.with_documents, is_safe_copy),
            (self.with_metadata, is_safe_copy),
            (self.marking, preset != FULL),
            (self.attribution, preset != FULL),
        ):
            field.setEnabled(is_asked)
        if preset == ONLY and not self.inspections.count():
            self.inspections.set_choices(_named(self._store))
        self.inspections_block.setVisible(preset == ONLY)
        self._opens_in.setVisible(preset != ONLY)  # the smallest window has no room for both

    def _follow_form(self) -> None:
        """Let the name end as the form does, where it ends as another."""
        path = Path(self.where.value())
        if path.suffix in ENDINGS.values() and self.form.value():
            self.where.set_value(str(path.with_suffix(ENDINGS[self.form.value() or ""])))
        self._follow()


def _named(store: Store) -> list[tuple[str, str]]:
    """Every inspection in words, newest first."""
    lists = Lists.read(store)
    inspections = sorted(
        store.each(Inspection), key=lambda one: one.started_on.iso if one.started_on else "", reverse=True
    )
    return [(one.id, f"{lists.providers[one.provider_id].name}, {lists.name_of(one)}") for one in inspections]
