"""What is done about one area for improvement: the council's own words on it, and its actions, notes and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from db.dates import period
from db.dependents import with_dependents
from db.edit import Edit
from db.errors import StoreError
from db.records import AreaForImprovement, Quote, Record
from desktop_app import look
from desktop_app.binding import Deed
from desktop_app.forms.improvement_context import WorkContext
from desktop_app.forms.quote import place
from desktop_app.forms.rows_tab import RowsTab
from desktop_app.places.improvement_forms import FORMS, ImprovementForms
from desktop_app.places.improvement_subject import context_of, rows_of
from desktop_app.views.plain_text import as_tool_tip, plain_label, wrapped_label
from desktop_app.views.prompt_button import PromptButton
from desktop_app.workspace import Workspace

WORK, ACTIONS = 0, 1
_TITLES = ("Work on it", "Actions", "Progress", "Evidence", "Reported to")
_BUTTONS = ("+ &Action", "+ &Progress note", "+ Evide&nce", "+ Reporte&d to")
_MOST_LETTERS = 220  # of the words at the top; all of them stand in the list


class ImprovementDetail(ImprovementForms):
    """Signals:
    told: Emitted with a sentence for the status line.
    inspection_wanted: Emitted with the record whose inspection shall be shown.
    finished: Emitted when a person wants the list back.
    """

    told = Signal(str)
    inspection_wanted = Signal(object)
    finished = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.owners: Sequence[str] = ()
        self._context: WorkContext | None = None
        self._found: Mapping[str, list[Record]] = {}
        self._stale: set[int] = set()
        self._is_asked_from_list = False
        self._make_head()
        self._lay_out()
        self._connect()

    def _make_head(self) -> None:
        self.words = wrapped_label("", "subheading")
        self.where = plain_label("", "muted")
        self.where.setMinimumWidth(1)
        self.link = QPushButton("Go to the inspection")
        self.link.setProperty("role", "link")
        self.link.setAutoDefault(True)
        self.link.clicked.connect(lambda: self.inspection_wanted.emit(self.subject))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("Parts of the work")
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.buttons = tuple(PromptButton(text) for text in _BUTTONS)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.where, 1)
        below.addWidget(self.link)
        head = QVBoxLayout()
        head.setContentsMargins(look.space(5), look.space(2), look.space(4), 0)
        head.setSpacing(0)
        head.addWidget(self.words)
        head.addLayout(below)
        foot = QHBoxLayout()
        foot.setContentsMargins(look.space(5), look.space(1), look.space(4), look.space(2))
        foot.setSpacing(look.space(2))
        for button in self.buttons:
            button.setAutoDefault(True)  # so that Return presses it
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(1))
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        for title, page in zip(_TITLES, (self.work, *self.rows), strict=True):
            self.tabs.addTab(page, title)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._fill)
        for button, tab in zip(self.buttons, self.rows, strict=True):
            button.clicked.connect(partial(self.start_row, tab))
            tab.remove_wanted.connect(partial(self._remove, tab))
            tab.edit_wanted.connect(self.write)
            tab.left_list.connect(partial(button.setFocus, Qt.FocusReason.OtherFocusReason))
            for watched in (tab.list, tab.form):
                watched.installEventFilter(self)
        self.work.edit_wanted.connect(self.write)
        self.work.installEventFilter(self)
        self.tabs.installEventFilter(self)

    def write(self, deed: Deed) -> None:
        """Write what a form asks for; of what is removed all that hangs on it goes too."""
        if not deed.edit.after:
            deed.edit = with_dependents(self._workspace.store, deed.edit)
        try:
            self._workspace.do(deed.label, deed.edit)
        except StoreError as error:
            deed.error = error
            self.told.emit(str(error))

    def _remove(self, tab: RowsTab, record: Record) -> None:
        place_before = tab.model.row_of(record.id)
        noun = tab.form.noun
        deed = Deed(f"Remove {noun}", Edit(before=(record,)))
        self.write(deed)
        if deed.error is None:
            self.told.emit(f"{noun[:1].upper()}{noun[1:]} removed. Ctrl+Z brings it back.")
            if tab.model.records:
                tab.list.setCurrentIndex(tab.model.index(min(place_before, len(tab.model.records) - 1)))

    def show_subject(self, subject: AreaForImprovement | Quote | None) -> None:
        """Show an area for improvement, or a quote with its actions, as the file has it now."""
        is_other = self.subject is None or subject is None or self.subject.id != subject.id
        if is_other:
            self.leave_fields()
        self.subject = subject
        if subject is None:
            self.work.clear()
            self._context, self._stale = None, set()
            return
        context = self._context = context_of(self._workspace, subject, self.owners)
        self._show_head(context)
        is_area = context.area is not None
        for index in range(self.tabs.count()):
            self.tabs.setTabVisible(index, is_area or index == ACTIONS)
        for button in self.buttons[1:]:
            button.setVisible(is_area)
        self._found = rows_of(self._workspace.store, context)
        self._stale = set(range(self.tabs.count()) if is_area else (ACTIONS,))
        self._name_tabs()
        if is_other:
            self._show_lists()
            self.tabs.setCurrentIndex(self.tabs.currentIndex() if is_area else ACTIONS)
        self._fill(self.tabs.currentIndex())

    def _show_lists(self) -> None:
        for tab in self.rows:
            tab.show_list()

    def _show_head(self, context: WorkContext) -> None:
        subject = self.subject
        assert subject is not None
        text = subject.text if isinstance(subject, AreaForImprovement) else f"“{subject.text}”"
        self.words.setText(text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS].rstrip()}…")
        self.words.setToolTip(as_tool_tip(text))
        inspection = context.inspection
        when = period(inspection.started_on, inspection.ended_on) or "date not known"
        name = f"{context.lists.kinds[inspection.kind_id].label}, {when}"
        rating = context.lists.rag_ratings.get(getattr(subject, "rag_id", None) or "")
        parts = (name, place(subject.page, subject.paragraph), f"RAG {rating.label.lower()}" if rating else "")
        self.where.setText(" · ".join(part for part in parts if part))
        self.where.setToolTip(as_tool_tip(self.where.text()))

    def _name_tabs(self) -> None:
        for index, name in enumerate(FORMS[1:], 1):
            count = len(self._found.get(name, ()))
            self.tabs.setTabText(index, f"{_TITLES[index]} {count}" if count else _TITLES[index])

    def _fill(self, index: int) -> None:
        """Fill a part when it is seen, so that walking the list stays quick."""
        if self._context is None or index not in self._stale:
            return
        self._stale.discard(index)
        if index == WORK:
            self.work.show_area(self._context)
        else:
            self.rows[index - 1].show_rows(self._context, self._found[FORMS[index]])

    def fill(self, name: str) -> None:
        self._fill(FORMS.index(name))

    def start_row(self, tab: RowsTab, *_: object) -> None:
        """Start a new action, note, piece of evidence or report of what is shown."""
        if self.subject is not None:
            self._is_asked_from_list = not self.has_focus()
            self.tabs.setCurrentWidget(tab)
            tab.start_row()

    def focus_work(self) -> None:
        """Put the focus where work goes on: the fields, or the form or list of the tab that is shown."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, RowsTab):
            tab.form.focus_first() if tab.is_form_shown else tab.focus_list()
        else:
            self.work.focus_first()

    def go_to_action(self, action_id: str) -> None:
        """Show an action of a quote in its form."""
        self.tabs.setCurrentIndex(ACTIONS)
        self.action_rows.list.go_to(action_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        digit = event.key() - Qt.Key.Key_0
        if watched is self.action_rows.list and 0 <= digit <= 9 and not event.modifiers():
            self._set_status_of_action(digit)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._leave(next((tab for tab in self.rows if watched is tab.form), None))
            return True
        return super().eventFilter(watched, event)

    def _set_status_of_action(self, number: int) -> None:
        """Set the status of the action that the list stands on by its place in the list of statuses, 0 for none."""
        action, statuses = self.action_rows.list.current_record(), list(self._workspace.lists.statuses)
        if action is not None and number <= len(statuses):
            changed = replace(action, status_id=statuses[number - 1] if number else None)
            if changed != action:
                self.write(Deed("Change status of action", Edit((action,), (changed,))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave_for_list()
            return
        super().keyPressEvent(event)

    def _leave(self, tab: RowsTab | None) -> None:
        """Go one step back: from a form to its rows, or to the list where a new row was asked for from there."""
        is_new = tab is not None and tab.form.record is None
        if tab is not None and not (is_new and self._is_asked_from_list):
            tab.go_back()
            return
        if tab is not None:
            tab.show_list()
        self._leave_for_list()

    def _leave_for_list(self) -> None:
        self.leave_fields()
        self.finished.emit()

    def has_focus(self) -> bool:
        """Whether a person works in here."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)
