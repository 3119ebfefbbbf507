"""The free texts that would go out, looked through for what might identify a child (`db.child_scan`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from db.child_scan import Found, look_through
from db.field_words import name_of
from db.records import RecordType
from db.rows import classes, shape
from db.safe_content import Choice
from db.safe_copy import safe_contents
from db.safe_withheld import KEPT_FILE, Withheld
from db.snapshot import HoldSaves, IsCancelled, untold
from db.store import Store

MOST_HITS = 1_000
_NO_FREE_TEXT = frozenset(
    "id kind voice audience verdict urn la_code special tone file_sha256 address report_address".split()
)
_ENTERED = (
    RecordType.INSPECTION,
    RecordType.QUOTE,
    RecordType.AREA_FOR_IMPROVEMENT,
    RecordType.JUDGEMENT,
    RecordType.DOCUMENT,
    RecordType.PROVIDER,
    RecordType.THEME,
    RecordType.VERDICT,
)
OnProgress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A hit, and whose it is: a record and its field, or a paragraph of a kept document.

    `title` says where in words; `text` names what would be left out if this may not be seen.
    """

    text: Withheld
    title: str
    found: Found

    @property
    def record_type(self) -> RecordType:
        return self.text.record_type

    @property
    def record_id(self) -> str:
        return self.text.record_id

    @property
    def sentence(self) -> str:
        """The hit in one line: "Postcode in a quote, speaker: she lives at [DH1 5UL] and"."""
        return f"{self.found.kind.value} in {self.title}: {self.found.context}"


def look_before_sharing(
    source: Path,
    choice: Choice,
    *,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
    hold_saves: HoldSaves | None = None,
    most: int | None = MOST_HITS,
) -> list[Hit]:
    """The hits in what would go out of a file; what stays here is not looked through.

    Args:
        most: where to stop; None for every hit.

    Raises:
        Cancelled, CannotWrite, Busy, NotOurs, FileTooNew, Damaged: see `db.safe_copy.safe_contents`.
    """
    with safe_contents(source, choice, on_progress=on_progress, is_cancelled=is_cancelled, hold_saves=hold_saves) as (
        store,
        _,
    ):
        on_progress(0.6, "Looking for what might identify a child")
        hits: list[Hit] = []
        for whose, title, text in _texts(store):
            hits += (Hit(whose, title, found) for found in look_through(text))
            if most is not None and len(hits) >= most:
                break
        on_progress(1.0, "Looked through")
        return hits[:most]


def _texts(store: Store) -> Iterator[tuple[Withheld, str, str]]:
    raw = store.connection.raw
    for kind in _ENTERED:
        noun = kind.value.replace("_", " ")
        article = "an" if noun[0] in "aio" else "a"
        for column in sorted(shape(classes()[kind]).texts - _NO_FREE_TEXT):
            if column.endswith("_id"):
                continue
            name = name_of(kind, column)
            title = f"{article} {noun}" if name == noun else f"{article} {noun}, {name}"
            for key, text in raw.execute(
                f"select id, {column} from main.{kind.value} where {column} <> '' order by row"
            ):
                yield Withheld(kind, key, column), title, text
    rows = raw.execute(
        "select id, page, text from main.document join main.document_paragraph on sha256 = file_sha256 order by place"
    )
    for key, page, text in rows:
        title = f"a kept document, page {page}" if page else "a kept document"
        yield Withheld(RecordType.DOCUMENT, key, KEPT_FILE), title, text
