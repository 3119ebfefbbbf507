"""Committee papers without a window: one inspection of a file as a Word document or a web page."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.connection import open_file
from db.errors import CannotWrite, StoreError
from db.records import Inspection
from db.snapshot import snapshot, untold
from db.store import Store
from desktop_app.command_chosen import the_one
from desktop_app.exchange import briefing, briefing_file, briefing_scan, paper_file
from desktop_app.exchange.briefing_material import Choice, newest, read
from desktop_app.words import size_in_words

OnProgress = Callable[[float, str], None]


class MayIdentify(StoreError):
    """Something might identify a child, and nobody has said yet that it may go out."""


def docx(
    source: Path,
    out: Path,
    replace: bool,
    *,
    inspection: str = "",
    template: Path | None = None,
    marking: str = "",
    looked_through: bool = False,
    on_progress: OnProgress = untold,
) -> str:
    """Write a paper as a Word document; return what was written, in a sentence.

    Args:
        inspection: words that mean one (`command_chosen`); empty is the newest one.
        template: a council's own document.
        marking: such as "OFFICIAL".
        looked_through: someone has read what goes out; else what might identify a child is looked for.

    Raises:
        MayIdentify: what might identify a child, one hit on a line.
        StoreError: the file cannot be read, no one inspection is meant, or the paper cannot be written.
    """
    return _write(_Place(source, out, "docx", replace, template), inspection, marking, looked_through, on_progress)


def html(
    source: Path,
    out: Path,
    replace: bool,
    *,
    inspection: str = "",
    marking: str = "",
    looked_through: bool = False,
    on_progress: OnProgress = untold,
) -> str:
    """Write a paper as one web page; see `docx`."""
    return _write(_Place(source, out, "html", replace), inspection, marking, looked_through, on_progress)


@dataclass(frozen=True, slots=True)
class _Place:
    source: Path
    out: Path
    form: str
    replace: bool
    template: Path | None = None

    @property
    def keep(self) -> tuple[Path, ...]:
        return (self.source, self.template) if self.template else (self.source,)


def _write(place: _Place, inspection: str, marking: str, looked_through: bool, on_progress: OnProgress) -> str:
    paper_file.check_place(place.out, place.keep, replace=place.replace)
    with tempfile.TemporaryDirectory(prefix="inspection-log-") as folder:
        scratch = Path(folder) / "snapshot.sqlite"
        snapshot(place.source, scratch, on_progress=lambda share: on_progress(share * 0.4, "Reading the file"))
        with closing(Store(open_file(scratch))) as store:
            material = read(store, _meant(store, inspection))
    paper = briefing.paper(material, Choice(quote_ids=material.first_choice, marking=marking))
    if not looked_through and (hits := briefing_scan.hits(paper)):
        raise MayIdentify("\n".join(["Something might identify a child, so nothing was written:", *hits]))
    size_bytes = briefing_file.write(
        paper,
        place.out,
        place.form,
        template=place.template,
        keep=place.keep,
        replace=place.replace,
        on_progress=lambda share, doing: on_progress(0.4 + 0.6 * share, doing),
    )
    left = "1 place is" if paper.gaps == 1 else f"{paper.gaps} places are"
    return f"{place.out}: {paper.title}; {size_in_words(size_bytes)}; {left} left for the author to write"


def _meant(store: Store, wanted: str) -> Inspection:
    """The inspection that is asked for.

    Raises:
        CannotWrite: there is none, or several.
    """
    if not wanted:
        if (found := newest(store)) is None:
            raise CannotWrite("This file holds no inspection yet, so there is nothing to write a paper on.")
        return found
    return the_one(store, wanted)
