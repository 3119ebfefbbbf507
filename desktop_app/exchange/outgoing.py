"""What is to be shared and what was written, whatever the form."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from db.copy import Contents
from db.safe_content import Choice
from db.snapshot import HoldSaves, IsCancelled, untold

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
