"""Which inspections a command means: by id, by the day, month or year in which they began, or by a part of the name."""

import re
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from db.connection import open_file
from db.dates import short_period
from db.errors import CannotWrite
from db.lists import Lists
from db.overview import newest_first
from db.records import Inspection
from db.snapshot import snapshot
from db.store import Store

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_SHOWN = 5


def chosen(source: Path, wanted: Sequence[str]) -> frozenset[str]:
    """The ids of all that any of these words mean.

    Raises:
        CannotWrite: one of them means no inspection.
    """
    with tempfile.TemporaryDirectory(prefix="inspection-log-") as folder:
        scratch = Path(folder) / "snapshot.sqlite"
        snapshot(source, scratch)
        with closing(Store(open_file(scratch))) as store:
            return frozenset(one.id for words in wanted for one in _meant(store, words))


def the_one(store: Store, wanted: str) -> Inspection:
    """The inspection that these words mean.

    Raises:
        CannotWrite: they mean none, or several.
    """
    fits = _meant(store, wanted)
    if len(fits) == 1:
        return fits[0]
    first = ", ".join(f"{short_period(one.started_on, one.ended_on)} ({one.id})" for one in fits[:_SHOWN])
    more = f" and {len(fits) - _SHOWN:,} more" if len(fits) > _SHOWN else ""
    raise CannotWrite(f"“{wanted}” fits {len(fits):,} inspections: {first}{more}. Give the id of one of them.")


def _meant(store: Store, wanted: str) -> list[Inspection]:
    """Those that fit, newest first."""
    lists = Lists.read(store)
    fits = [one for one in newest_first(store.each(Inspection)) if _is_meant(lists, one, wanted.strip())]
    if not fits:
        raise CannotWrite(
            f"No inspection is called “{wanted}”. Give its first day, like 2022-05-09, or a part of its name."
        )
    return fits


def _is_meant(lists: Lists, inspection: Inspection, wanted: str) -> bool:
    if wanted == inspection.id:
        return True
    if _DATE.fullmatch(wanted):
        began = inspection.started_on
        return began is not None and f"{began.iso}-".startswith(f"{wanted}-")
    name = f"{lists.providers[inspection.provider_id].name}: {lists.name_of(inspection)}"
    return bool(wanted) and wanted.casefold() in name.casefold()
