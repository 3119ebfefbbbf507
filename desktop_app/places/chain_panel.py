"""What inspectors have said of an area for improvement, and what the words propose to link to it."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import chain_deeds
from db.chain import Chains
from db.chain_deeds import Named
from db.chain_history import Said, history
from db.chain_proposals import Proposal
from db.improvement_records import Verdict
from db.records import AreaForImprovement, Quote, RecordType
from desktop_app import look
from desktop_app.binding import Deed
from desktop_app.places.chain_cards import Row, line_row
from desktop_app.places.chain_choosing import Choosing
from desktop_app.places.chain_menu import VerdictMenu, chain_button
from desktop_app.places.chain_proposed import Proposer
from desktop_app.tables.chain_list import ChainDelegate, ChainView
from desktop_app.tables.record_list import RecordList
from desktop_app.views.announce import announce
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import plain_label, wrapped_label
from desktop_app.workspace import Workspace

NOTHING = "Choose an area for improvement to see what inspectors have said of it."
FIRST_TIME = "First time, as far as this file knows"
REFUSED = "Not the same: it is not proposed again until the file is opened anew."
_CONCERNED = frozenset(
    RecordType(name) for name in "verdict area_for_improvement inspection quote theme provider".split()
)


class ChainPanel(QWidget):
    """The history of one area, inspection by inspection, then what may belong to it.

    Enter sets the verdict of an inspection or accepts a proposal, Del takes a verdict back or refuses a proposal.

    Signals:
        edit_wanted: Emitted with a Deed when something is to be written.
        told: Emitted with a sentence for the status line.
        area_wanted: Emitted with the id of an area for improvement that a person wants to see.
        inspection_wanted: Emitted with the id of an inspection that a person wants to see.
    """

    edit_wanted = Signal(object)
    told = Signal(str)
    area_wanted = Signal(str)
    inspection_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._chains: Chains | None = None
        self._lines: list[Row] = []
        self._is_stale = False
        self.area: AreaForImprovement | None = None
        self.heading = plain_label("What inspectors have said", "subheading")
        self.seen = wrapped_label("", "muted")
        self.model = RecordList(lambda row: row.card, self)
        self.list = ChainView("What inspectors have said", self.model)
        self.list.setItemDelegate(ChainDelegate(self.list, padding=2))
        self.list.setAccessibleDescription(
            "Enter sets the verdict of an inspection or accepts a proposal. Del takes it back."
        )
        self.proposer = Proposer(workspace, self)
        self._choosing = Choosing(workspace, self)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.show_area(None)

    def _make_buttons(self) -> None:
        self.menu = VerdictMenu(self)
        self.verdict_button = chain_button("Set verdict…", self.offer_verdicts)
        self.quote_button = chain_button("Link a quote…", self._link_quote, "Link a quote from this report")
        self.accept_button = chain_button("Accept", self.accept)
        self.refuse_button = chain_button("Not the same", self.refuse)
        self.earlier_button = chain_button("Earlier area…", self._link_earlier, "Repeats an earlier area")
        self.open_button = chain_button("Show it", self._open)
        self.buttons = (
            self.verdict_button,
            self.quote_button,
            self.accept_button,
            self.refuse_button,
            self.earlier_button,
            self.open_button,
        )

    def _lay_out(self) -> None:
        buttons = FlowLayout(gap_px=look.space(2))
        for button in self.buttons:
            buttons.addWidget(button)
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addWidget(self.seen, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(2))
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_possible())
        self.list.entered.connect(self._on_entered)
        self.list.removal_wanted.connect(self._on_removal)
        self.menu.chosen.connect(self.set_verdict)
        self.menu.note_wanted.connect(self._note)
        self.menu.removal_wanted.connect(self._remove)
        self.list.doubleClicked.connect(lambda _: self._open())
        self.proposer.found.connect(lambda: self._fill(self.list.current_record()))
        self._workspace.changed.connect(self._on_changed)

    @property
    def chains(self) -> Chains:
        """The chains of the file, read once until something in them changes."""
        if self._chains is None:
            self._chains = Chains.read(self._workspace.store)
        return self._chains

    def show_area(self, area_id: str | None) -> None:
        """Show the chain of an area; None where none is chosen."""
        if self._is_stale:
            self._chains, self._is_stale = None, False
        self.area = self._workspace.store.get(AreaForImprovement, area_id) if area_id else None
        self.proposer.ask(self.area, self.chains)
        self._show()

    def _on_changed(self, types: frozenset[RecordType]) -> None:
        self._is_stale = self._is_stale or bool(types & _CONCERNED)
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        """Read again what has changed, once somebody sees it."""
        if self._is_stale:
            self._chains, self._is_stale = None, False
            self.area = self._workspace.store.get(AreaForImprovement, self.area.id) if self.area else None
            is_settled = self.proposer.is_settled
            self.proposer.ask(self.area, self.chains)
            self._show(keep=self.list.current_record())
            if is_settled:
                self.proposer.propose()

    def _show(self, keep: Row | None = None) -> None:
        lists, store = self._workspace.lists, self._workspace.store
        self._lines = [line_row(said) for said in history(store, lists, self.area, self.chains)] if self.area else []
        self.list.setVisible(bool(self._lines))
        for button in self.buttons:
            button.setVisible(bool(self._lines))
        self._fill(keep)

    def _fill(self, keep: Row | None) -> None:
        """Show lines and proposals, at the row that was the current one, or at the same inspection."""
        rows = [*self._lines, *self.proposer.rows]
        before = self.list.currentIndex().row()
        self.model.show_records(rows)  # type: ignore[arg-type]
        self.seen.setText(self._seen_before() if self.area else NOTHING)
        if rows:
            same = next((at for at, row in enumerate(rows) if keep and row.id == keep.id), None)
            alike = next((at for at, row in enumerate(rows) if keep and _inspection(row) == _inspection(keep)), None)
            fallback = min(before, len(rows) - 1) if keep else len(self._lines) - 1
            at = same if same is not None else alike if alike is not None else fallback
            self.list.setCurrentIndex(self.model.index(at))
            self.list.keep_in_sight()
        self._show_possible()

    def _seen_before(self) -> str:
        assert self.area is not None
        said = self.chains.seen_before(self.area.id)
        parts = [f"Seen before: {said}" if said else FIRST_TIME]
        if self.chains.is_closed(self.area.id):
            parts.append("closed by inspectors")
        if proposed := len(self.proposer.rows):
            parts.append(f"{proposed} proposed")
        return " · ".join(parts)

    @property
    def current(self) -> Said | None:
        """The line of the history that the list stands on."""
        row = self.list.current_record()
        return row.said if row else None

    @property
    def proposal(self) -> Proposal | None:
        """The proposal that the list stands on."""
        row = self.list.current_record()
        return row.proposal if row else None

    def _show_possible(self) -> None:
        if not self._lines:
            return
        is_writable = not self._workspace.is_read_only
        said, is_proposed = self.current, self.proposal is not None
        may_judge = is_writable and said is not None and (said.verdict is not None or said.area is None)
        for button in (self.verdict_button, self.quote_button):
            button.setVisible(not is_proposed)
            button.setEnabled(may_judge)
        for button in (self.accept_button, self.refuse_button):
            button.setVisible(is_proposed)
        self.earlier_button.setEnabled(is_writable)
        self.open_button.setEnabled(self.list.currentIndex().isValid())

    def _on_entered(self) -> None:
        self.accept() if self.proposal else self.offer_verdicts()

    def _on_removal(self) -> None:
        self.refuse() if self.proposal else self._remove()

    def offer_verdicts(self) -> None:
        """Open the menu of verdicts on the inspection of the current line."""
        said = self.current
        if not self.verdict_button.isEnabled() or said is None:
            return
        self.menu.open_at(self.verdict_button.mapToGlobal(QPoint(0, self.verdict_button.height())), said.verdict)

    def set_verdict(self, code: str, is_another: bool = False) -> None:
        """Record what the inspection of the current line said; it changes the verdict of that line, if it has one."""
        if (said := self.current) and self.area:
            old = None if is_another else said.verdict
            self._write(chain_deeds.set_verdict(self._judged_id(said), said.inspection.id, code, old))

    def _judged_id(self, said: Said) -> str:
        """The area that a verdict on a line is on: the earlier one that the line speaks of, else the one shown."""
        assert self.area is not None
        return said.verdict.area_for_improvement_id if said.verdict else self.area.id

    def _remove(self) -> None:
        said = self.current
        if said and said.verdict and self.verdict_button.isEnabled():
            self._write(chain_deeds.remove(said.verdict))

    def _note(self) -> None:
        if (said := self.current) and (verdict := said.verdict):
            self._choosing.note(verdict, lambda words: self._write(chain_deeds.note(verdict, words)))

    def _link_quote(self) -> None:
        if (said := self.current) and self.area:
            judged_id, verdict = self._judged_id(said), said.verdict
            self._choosing.quote(
                said.inspection,
                self.area,
                lambda quote: self._write(chain_deeds.link_quote(judged_id, quote, verdict)),
            )

    def _link_earlier(self) -> None:
        if self.area:
            self._choosing.earlier(self.area, self.chains, self._repeat)

    def _repeat(self, earlier: AreaForImprovement) -> None:
        if self.area:
            said = self._workspace.store.each(Verdict, area_for_improvement_id=earlier.id)
            self._write(chain_deeds.repeat(earlier, self.area, said))

    def accept(self) -> None:
        """Record what the current proposal stands for."""
        if self.area and (proposal := self.proposal):
            record = proposal.record
            if isinstance(record, Quote):
                self._write(chain_deeds.link_quote(self.area.id, record))
            else:
                self._repeat(record)

    def refuse(self) -> None:
        """Do not propose the current one again."""
        if (proposal := self.proposal) is not None:
            self.proposer.refuse(proposal)
            self._say(REFUSED)

    def _write(self, named: Named) -> None:
        label, edit = named
        deed = Deed(label, edit)
        self.edit_wanted.emit(deed)
        said = str(deed.error or f"{label}: done. Ctrl+Z takes it back.")
        self._say(said, is_urgent=bool(deed.error))

    def _say(self, sentence: str, *, is_urgent: bool = False) -> None:
        self.told.emit(sentence)
        announce(self, sentence, is_urgent=is_urgent)

    def _open(self) -> None:
        """Show the area of the current row, else its inspection."""
        said, proposal = self.current, self.proposal
        record = proposal.record if proposal else said.area if said else None
        if isinstance(record, AreaForImprovement) and self.area and record.id != self.area.id:
            self.area_wanted.emit(record.id)
        elif record is not None:
            self.inspection_wanted.emit(record.inspection_id)
        elif said:
            self.inspection_wanted.emit(said.inspection.id)


def _inspection(row: Row) -> str | None:
    return row.said.inspection.id if row.said else None
