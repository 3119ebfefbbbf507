"""The one small step that starts an inspection: provider, start date, kind."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.dates import PartialDate
from db.drafts import Fields, Typed
from db.lists import Lists
from db.records import Inspection, Provider, new_id
from desktop_app import look
from desktop_app.binding import Binding
from desktop_app.views.announce import announce
from desktop_app.views.date_field import DateField
from desktop_app.views.fields import ChoiceField
from desktop_app.views.file_drop import FileDrop
from desktop_app.views.labelled import ErrorSummary, Labelled
from desktop_app.views.name_field import NameField
from desktop_app.views.plain_text import wrapped_label

FindSame = Callable[[str, PartialDate | None, str], Inspection | None]


class NewInspectionDialog(QDialog):
    """Asks for provider, start date and kind. The date limits the kinds, the kind decides the framework.

    Signals:
        wanted: Emitted with the new Inspection and its Provider; the provider is new where the file has
            none of that id. The dialog closes after it.
        source_wanted: Emitted with the Inspection that is there already, to get another document.
        report_wanted: Emitted when a report shall be read instead, with its Path where one was dropped, else None.
    """

    wanted = Signal(object, object)
    source_wanted = Signal(object)
    report_wanted = Signal(object)

    def __init__(
        self,
        lists: Lists,
        find_same: FindSame,
        *,
        last_provider: str = "",
        last_kind: str = "",
        like: Inspection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lists, self._find_same, self._last_kind, self._like = lists, find_same, last_kind, like
        self._is_second_allowed = False
        self.setWindowTitle("New inspection")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # later, so that the signals below still go out
        self._make_blocks()
        self._lay_out()
        self._fill(like.provider_id if like else last_provider)
        self._offer_kinds()
        if like:
            self.blocks["kind"].field.set_value(like.kind_id)
        self._at_start = self.binding.typing()
        first = "started_on" if self.blocks["provider"].field.value() else "provider"
        self.blocks[first].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def typing(self) -> Fields:
        """What a person typed or chose in place of what the step offered."""
        typing = self.binding.typing()
        return {name: Typed(typed) for name, typed in typing.items() if typed != self._at_start[name]}

    def put_back(self, typing: Fields) -> None:
        """Put typing back that was given by `typing`."""
        for name, typed in typing.items():
            self.binding.put_back({name: typed.text})
            if name == "started_on":
                self._offer_kinds()

    def _make_blocks(self) -> None:
        self.blocks = {
            "provider": Labelled("&Provider", NameField(completes=True), "A new name adds a provider."),
            "started_on": Labelled(
                "&Start date",
                DateField("Start date"),
                "The first day on site, never the publication. A month or a year is enough.",
                optional=True,
            ),
            "kind": Labelled("&Kind", ChoiceField(width_letters=40)),
        }
        self.binding = Binding(self.blocks, self)
        self.binding.left.connect(self._on_left)
        self.summary = ErrorSummary()
        self.binding.problems_changed.connect(self._show_problems)

    def _show_problems(self) -> None:
        self.summary.set_errors(self.binding.listed_problems())
        self._fit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        column.setSpacing(look.space(4))
        column.addWidget(self.summary)
        for block in self.blocks.values():
            column.addWidget(block)
        column.addWidget(self._make_same_panel())
        column.addStretch(1)
        self.create_button = QPushButton("Create inspection")
        self.create_button.setProperty("role", "primary")
        self.create_button.setDefault(True)
        self.create_button.clicked.connect(self._on_create)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.report_button = QPushButton("From a &report…")
        self.report_button.setAutoDefault(False)
        self.report_button.setAccessibleDescription("Its facts are read, and you confirm them.")
        self.report_button.clicked.connect(lambda: self._read_instead(None))
        FileDrop(self).dropped.connect(lambda paths: self._read_instead(paths[0]))
        line = QHBoxLayout()
        line.addWidget(self.report_button)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.create_button)
        column.addLayout(line)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 72)

    def _make_same_panel(self) -> QFrame:
        self._same: Inspection | None = None
        self.same_panel = QFrame()
        self.same_panel.setProperty("role", "card")
        self.same_words = wrapped_label()
        self.source_button = QPushButton("Add as a &source")
        self.source_button.setProperty("role", "primary")
        self.source_button.clicked.connect(self._on_source)
        second = QPushButton("Create a second inspection")
        second.clicked.connect(self._on_second)
        column = QVBoxLayout(self.same_panel)
        column.addWidget(self.same_words)
        line = QHBoxLayout()
        line.addWidget(self.source_button)
        line.addWidget(second)
        line.addStretch(1)
        column.addLayout(line)
        self.same_panel.hide()
        return self.same_panel

    def _fill(self, provider_id: str) -> None:
        names = sorted((one.name for one in self._lists.providers.values()), key=str.casefold)
        field = self.blocks["provider"].field
        field.set_names(names)
        known = self._lists.providers.get(provider_id)
        field.set_value(known.name if known else names[0] if len(names) == 1 else "")

    def _offer_kinds(self) -> None:
        field = self.blocks["kind"].field
        started_on, is_read = self._started_on()
        if not is_read:
            return
        kinds = self._lists.kinds_on(started_on, last_used=self._last_kind)
        labels = self._lists.kind_labels(kinds)
        before = field.value()
        field.set_choices([(kind.id, label) for kind, label in zip(kinds, labels, strict=True)])
        code = self._lists.kinds[before].code if before else ""
        same = next((kind.id for kind in kinds if kind.code == code), kinds[0].id if kinds else None)
        field.set_value(same)

    def _started_on(self) -> tuple[PartialDate | None, bool]:
        try:
            return self.blocks["started_on"].field.value(), True
        except ValueError:
            return None, False

    def _on_left(self, name: str) -> None:
        _, is_read = self.binding.read(name)
        if is_read:
            self.binding.accept(name)
        if name == "started_on":
            self._offer_kinds()
        self._hide_same()

    def _hide_same(self) -> None:
        self._is_second_allowed = False
        self.same_panel.hide()
        self.create_button.show()
        self._fit()

    def _on_create(self) -> None:
        self.blocks["started_on"].field.leave()
        self._offer_kinds()
        values = self.binding.read_all()
        if values is not None and not values["provider"]:
            self.binding.refuse("provider", "Enter the provider, like Durham County Council")
        elif values is not None:
            self._create(values["provider"], values["started_on"], values["kind"])
            return
        if self.binding.problems:
            next(iter(self.binding.listed_problems()))[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _create(self, name: str, started_on: PartialDate | None, kind_id: str) -> None:
        provider = self._provider(name)
        same = self._find_same(provider.id, started_on, kind_id)
        if same is not None and not self._is_second_allowed:
            self._show_same(same, provider)
            return
        title = self._like.title if self._like else ""
        inspection = Inspection(
            id=new_id(), provider_id=provider.id, kind_id=kind_id, started_on=started_on, title=title
        )
        self.accept()
        self.wanted.emit(inspection, provider)

    def _provider(self, name: str) -> Provider:
        folded = name.casefold()
        known = (one for one in self._lists.providers.values() if one.name.casefold() == folded)
        return next(known, None) or Provider(id=new_id(), name=name)

    def _show_same(self, same: Inspection, provider: Provider) -> None:
        self._same = same
        words = f"{provider.name} has this inspection already: {self._lists.name_of(same)}. "
        self.same_words.setText(words + "A second source of it is a document, not a second inspection.")
        self.same_panel.show()
        self.create_button.hide()
        self._fit()
        self.source_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.same_words.text(), is_urgent=True)

    def _fit(self) -> None:
        """Take the height that what is shown now wants."""
        QTimer.singleShot(0, self, self.adjustSize)

    def _read_instead(self, path: Path | None) -> None:
        self.reject()
        self.report_wanted.emit(path)

    def _on_source(self) -> None:
        same = self._same
        self.accept()
        self.source_wanted.emit(same)

    def _on_second(self) -> None:
        self._is_second_allowed = True
        self._on_create()
