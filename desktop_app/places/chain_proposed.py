"""What words and themes propose to link to an area for improvement, worked out in a moment when nobody waits."""

from PySide6.QtCore import QObject, QTimer, Signal

from db.chain import Chains
from db.chain_history import event_of
from db.chain_proposals import Proposal, proposals
from db.records import AreaForImprovement, Quote
from desktop_app.places.chain_cards import Row, proposal_row
from desktop_app.places.chain_choosing import before
from desktop_app.workspace import Workspace

PROPOSE_AFTER_MS = 150  # who walks through a list does not wait for each


class Proposer(QObject):
    """Proposals for one area; what was refused is not proposed again while the file is open.

    Attributes:
        rows: the proposals for the area that was asked for last.

    Signals:
        found: Emitted when there are other rows.
    """

    found = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._refused: dict[str, set[str]] = {}
        self._asked: tuple[AreaForImprovement, Chains] | None = None
        self.rows: list[Row] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PROPOSE_AFTER_MS)
        self._soon.timeout.connect(self.propose)

    @property
    def is_settled(self) -> bool:
        """Whether the answer to what was asked last is there."""
        return not self._soon.isActive()

    def ask(self, area: AreaForImprovement | None, chains: Chains) -> None:
        """Propose for an area, in a moment; for none there is nothing."""
        self.rows = []
        self._asked = (area, chains) if area and not self._workspace.is_read_only else None
        self._soon.start() if self._asked else self._soon.stop()

    def propose(self) -> None:
        """Work the proposals out now."""
        self._soon.stop()
        self.rows = self._rows(*self._asked) if self._asked else []
        self.found.emit()

    def refuse(self, proposal: Proposal) -> None:
        """Do not propose this again for the area."""
        if self._asked:
            self._refused.setdefault(self._asked[0].id, set()).add(proposal.record.id)
            self.propose()

    def _rows(self, area: AreaForImprovement, chains: Chains) -> list[Row]:
        inspections, earlier = before(self._workspace, area)
        told = {link.inspection_id for link in chains.on_area.get(area.id, ())}
        own = event_of(inspections[area.inspection_id]).day
        later = (one for one in inspections.values() if event_of(one).day > own)
        quotes = [quote for one in later for quote in self._workspace.store.each(Quote, inspection_id=one.id)]
        candidates: list[AreaForImprovement | Quote] = [
            *earlier,
            *(quote for quote in quotes if quote.voice == "inspectors"),
        ]
        left_out = {*chains.before(area.id), *chains.after(area.id), *self._refused.get(area.id, ())}
        left_out |= {quote.id for quote in quotes if quote.inspection_id in told}
        lists = self._workspace.lists
        found = proposals(area, candidates, lists.themes.values(), left_out=left_out)
        return [proposal_row(one, inspections, lists) for one in found]
