"""What is to be shared and what was written, whatever the form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.copy import Contents
from db.exported import Exported, exported
from db.safe_content import Choice
from db.snapshot import HoldSaves, IsCancelled, untold
from db.whole_export import written_whole

OnProgress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """A file that is to be shared, and where to.

    `choice` None means everything, with notes, drafts, and, in a copy, the change log. `with_metadata` asks for a
    description for Datasette beside a copy.
    """

    source: Path
    target: Path
    choice: Choice | None = None
    replace: bool = False
    with_metadata: bool = False
    made_with: str = "Inspection Log"


@dataclass(frozen=True, slots=True)
class Watch:
    """Who hears of the progress, who may stop it, and who holds saves meanwhile (`db.snapshot`)."""

    on_progress: OnProgress = untold
    is_cancelled: IsCancelled = lambda: False
    hold_saves: HoldSaves | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, what it holds, and how many texts did not fit whole into a cell."""

    path: Path
    size_bytes: int
    contents: Contents
    cut: int = 0


@contextmanager
def going_out(order: Order, watch: Watch, *, what: str) -> Iterator[tuple[Path, Exported]]:
    """The part that is written, whole or not at all, and what is read into it; `what` names it in a sentence."""
    source, target = order.source.absolute(), order.target.absolute()
    with (
        written_whole(source, target, what=what, replace=order.replace, is_cancelled=watch.is_cancelled) as part,
        exported(
            source,
            order.choice,
            on_progress=watch.on_progress,
            is_cancelled=watch.is_cancelled,
            hold_saves=watch.hold_saves,
        ) as read,
    ):
        yield part, read
