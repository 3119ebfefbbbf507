"""What the list of areas for improvement is filtered, grouped and sorted by, and what is done to the marked rows."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from db import improvement_list as listed
from db.improvement import Plan
from db.improvement_list import GROUPS, NONE, SCOPES, Counts, Wanted
from db.improvement_words import inspection_name
from db.lists import Lists
from desktop_app import look
from desktop_app.views.fields import ChoiceField
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import as_button_text, plain_label

MOST_INSPECTIONS = 300  # in one list to choose from
_SORTS = {
    "": "as printed",
    "words": "words",
    "theme": "theme",
    "owner": "owner",
    "due": "due, earliest first",
    "due-": "due, latest first",
    "status": "status",
    "seen": "seen before",
}
_COLUMN_OF = {
    "words": listed.WORDS,
    "theme": listed.THEME,
    "owner": listed.OWNER,
    "due": listed.DUE,
    "status": listed.STATUS,
    "seen": listed.SEEN,
}


class ImprovementBar(QWidget):
    """Four buttons with their counts, the filters, and the menu of changes.

    Signals:
        changed: Emitted when other rows are asked for, or in another order.
        status_wanted: Emitted with the number of the status in the menu, 0 for none.
        change_wanted: Emitted with "owner", "due_on", "theme_ids" or "inspection".
        finished: Emitted when a person wants the list back, by Return or Escape in a filter.
    """

    changed = Signal()
    status_wanted = Signal(int)
    change_wanted = Signal(str)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = Wanted()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, look.space(2))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._make_scopes()
        self.theme = self._choice("Theme", 12)
        self.owner = self._choice("Owner", 12)
        self.inspection = self._choice("Inspection", 12)
        self.provider = self._choice("Provider", 12)
        self.status = self._choice("Status", 9)
        self.group = self._choice("Group by", 9)
        self.group.set_choices(list(GROUPS.items()))
        self.group.set_value("")
        self.sort = self._choice("Sort by", 10)
        self.sort.set_choices(list(_SORTS.items()))
        self.sort.set_value("")
        self.change_button = QPushButton("Change")
        self.change_menu = QMenu(self.change_button)
        self.change_menu.setAccessibleName("Change the marked areas")
        self.change_button.setMenu(self.change_menu)
        self.change_button.setAccessibleDescription("Status, owner, due date or theme of all marked rows")
        self._flow.addWidget(self.change_button)
        self.sentence = plain_label("", "muted")
        self.sentence.setContentsMargins(look.space(2), look.space(1.5), 0, 0)
        self._flow.addWidget(self.sentence)

    def _make_scopes(self) -> None:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, look.space(2), 0)
        line.setSpacing(look.space(2))
        self._scopes = QButtonGroup(self)
        self.scopes = {key: QPushButton(words) for key, words in SCOPES.items()}
        for key, button in self.scopes.items():
            button.setCheckable(True)
            button.setAutoDefault(True)
            button.setChecked(key == self.wanted.scope)
            button.clicked.connect(lambda _=False, key=key: self.show_scope(key))
            self._scopes.addButton(button)
            line.addWidget(button)
        self._flow.addWidget(holder)

    def _choice(self, name: str, letters: int) -> ChoiceField:
        pair = QWidget()
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, look.space(1), 0)
        line.setSpacing(look.space(1.5))
        label = plain_label(name, "muted")
        field = ChoiceField(width_letters=letters)
        label.setBuddy(field)
        field.setAccessibleName(name)
        field.setAccessibleDescription(f"{name}.")
        field.edited.connect(self._take)
        line.addWidget(label)
        line.addWidget(field)
        self._flow.addWidget(pair)
        return field

    def show_scope(self, scope: str) -> None:
        """Show the open, the late, those raised before, or all."""
        self.scopes[scope].setChecked(True)
        self.wanted = replace(self.wanted, scope=scope)
        self.changed.emit()

    def show_column(self, column: int) -> None:
        """Sort by a column; once more turns the order round, and a third time ends it."""
        is_same = self.wanted.column == column
        if is_same and self.wanted.is_descending:
            self.wanted = replace(self.wanted, column=None, is_descending=False)
        else:
            self.wanted = replace(self.wanted, column=column, is_descending=is_same)
        self.sort.set_value(self._sort_key())
        self.changed.emit()

    def show_all(self) -> None:
        """Take every filter back."""
        for field in (self.theme, self.owner, self.inspection, self.provider, self.status):
            field.set_value(None)
        self._take(scope="all")
        self.scopes["all"].setChecked(True)

    def _take(self, *, scope: str = "") -> None:
        sort = self.sort.value()
        column = _COLUMN_OF.get((sort or "").rstrip("-")) if sort is not None else self.wanted.column
        self.wanted = Wanted(
            scope=scope or self.wanted.scope,
            theme_id=self.theme.value(),
            owner=self.owner.value(),
            inspection_id=self.inspection.value(),
            provider_id=self.provider.value(),
            status_id=self.status.value(),
            group=self.group.value() or "",
            column=column,
            is_descending=sort.endswith("-") if sort is not None else self.wanted.is_descending,
        )
        self.changed.emit()

    def _sort_key(self) -> str | None:
        """The choice of "Sort by" for what a header was asked for; None where it offers none."""
        key = next((key for key, column in _COLUMN_OF.items() if column == self.wanted.column), None)
        if self.wanted.column is None:
            return ""
        if not self.wanted.is_descending or key is None:
            return key
        return f"{key}-" if f"{key}-" in _SORTS else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focus_on(self, name: str) -> None:
        """Put the focus on the filters ("filter"), on "group" or on "sort"."""
        field = {"filter": self.theme, "group": self.group, "sort": self.sort}[name]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def has_filter(self) -> bool:
        """Whether anything but the four buttons keeps rows out of sight."""
        fields = (self.theme, self.owner, self.inspection, self.provider, self.status)
        return any(field.value() is not None for field in fields)

    def say(self, sentence: str) -> None:
        """Say how complete the record is of what is shown."""
        self.sentence.setText(sentence)
        self._flow.invalidate()

    def show_counts(self, counts: Counts) -> None:
        """Say how many rows each of the four buttons would show."""
        for key, button in self.scopes.items():
            count = getattr(counts, key)
            button.setText(f"{SCOPES[key]} {count:,}")
            button.setAccessibleName(f"{SCOPES[key]}, {count:,}")

    def offer(self, plan: Plan, lists: Lists, owners: Sequence[str]) -> None:
        """Offer the themes, posts, inspections, providers and statuses that rows have."""
        used = {key for keys in set(plan.themes.values()) for key in keys.split()}
        themes = sorted((one.name, key) for key, one in lists.themes.items() if key in used)
        self._fill(self.theme, [(key, name) for name, key in themes], "no theme")
        self._fill(self.owner, [(owner, owner) for owner in owners], "no owner")
        several = len(lists.providers) > 1
        self._offer_inspections(plan, lists, several)
        self._fill(self.provider, sorted(((key, one.name) for key, one in lists.providers.items()), key=lambda p: p[1]))
        parent = self.provider.parentWidget()
        assert parent is not None
        parent.setVisible(several)
        self._fill(self.status, [(key, one.label) for key, one in lists.statuses.items()], "no status")
        self._fill_menu(lists)

    def _offer_inspections(self, plan: Plan, lists: Lists, several: bool) -> None:
        provider_id = self.provider.value()
        of_it = [key for key in plan.inspection_ids if provider_id in (None, plan.events[key].provider_id)]
        is_too_long = len(of_it) > MOST_INSPECTIONS
        offered = [] if is_too_long else of_it
        self._fill(self.inspection, [(key, self._name(plan, lists, key, several)) for key in offered])
        self.inspection.setEnabled(not is_too_long)
        self.inspection.setToolTip("Choose a provider first" if is_too_long else "")

    def _name(self, plan: Plan, lists: Lists, key: str, several: bool) -> str:
        event = plan.events[key]
        name = inspection_name(lists, event)
        return f"{lists.providers[event.provider_id].name}: {name}" if several else name

    def _fill(self, field: ChoiceField, choices: Sequence[tuple[str, str]], without: str = "") -> None:
        none = [(NONE, without)] if without else []
        wanted = [(None, "any"), *none, *choices]
        if [(field.itemData(place), field.itemText(place)) for place in range(field.count())] == wanted:
            return
        value = field.value()
        field.set_choices(wanted)
        field.set_value(value if value in [key for key, _ in wanted] else None)

    def _fill_menu(self, lists: Lists) -> None:
        menu = self.change_menu
        menu.clear()
        statuses = menu.addMenu("&Status")
        statuses.setAccessibleName("Status")
        for number, status in enumerate(lists.statuses.values(), 1):
            keys = f"\t{number}" if number <= 9 else ""
            statuses.addAction(f"{as_button_text(status.label)}{keys}", partial(self.status_wanted.emit, number))
        statuses.addAction("No status\t0", lambda: self.status_wanted.emit(0))
        for name, text in (("owner", "&Owner…\tO"), ("due_on", "&Due date…\tD"), ("theme_ids", "Add a &theme…\tT")):
            menu.addAction(text, partial(self.change_wanted.emit, name))
        menu.addSeparator()
        menu.addAction("Go to the &inspection\tI", lambda: self.change_wanted.emit("inspection"))
