"""Which backups stay: all of two days, then one a day, a week, a month, however the clock was set meanwhile.

Days, weeks and months are counted where there are backups, not back from today: a clock that jumps a year ahead, or
a file that rests for a year, costs none.
"""

import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from db import backup_folder
from db.check import verify
from db.errors import StoreError

ALL_FOR = timedelta(days=2)
DAYS, WEEKS, MONTHS = 14, 10, 12
_A_DAY_S = 24 * 60 * 60

Kept = Callable[[Iterable[datetime], datetime], set[datetime]]


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The moments whose backups stay; of each day, week and month the newest.

    Those ahead of `now` stay: the clock was set back, and they hold the newest work.
    """
    known = sorted(set(moments), reverse=True)
    past = [moment for moment in known if moment <= now]
    stay = {moment for moment in known if moment > now - ALL_FOR}
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        newest: dict[tuple[int, ...], datetime] = {}
        for moment in past:
            newest.setdefault(period(moment), moment)
        stay.update(list(newest.values())[:most])
    return stay


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime) -> tuple[int, ...]:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month


def is_good(path: Path) -> bool:
    """Whether a backup can be relied on."""
    try:
        verify(path)
    except StoreError:
        return False
    return True


def thin(place: Path, now: datetime, *, protected: Collection[str] = (), policy: Kept = kept) -> list[Path]:
    """Remove the backups of a folder that are no longer wanted; return them.

    One goes only for the sake of a newer one that was looked at just now and is sound; a damaged one stands for
    nothing.

    Args:
        protected: names of those that stay whatever the clock says.
    """
    known = backup_folder.named(place)
    moments = {path: moment for path, (moment, _) in known.items()}
    going = _going(moments, now, protected, policy)
    removed = []
    for path in going:
        with suppress(OSError):  # held by another program: the next time will do
            path.unlink()
            removed.append(path)
    _remove_parts(place)
    return removed


def _going(moments: dict[Path, datetime], now: datetime, protected: Collection[str], policy: Kept) -> list[Path]:
    looked_at: dict[Path, bool] = {}
    while True:
        good = {path: moment for path, moment in moments.items() if looked_at.get(path, True)}
        stay = policy(good.values(), now)
        staying = {path for path, moment in good.items() if moment in stay or path.name in protected}
        going = [path for path in good if path not in staying]
        relied_on = {_relied_on(moments[path], staying, moments) for path in going} - looked_at.keys() - {None}
        if not relied_on:
            return going
        looked_at |= {path: is_good(path) for path in relied_on if path}


def _relied_on(moment: datetime, staying: Collection[Path], moments: dict[Path, datetime]) -> Path | None:
    """The backup for whose sake one of that moment goes: the next newer, or the newest that there is."""
    newer = [path for path in staying if moments[path] > moment]
    if newer:
        return min(newer, key=lambda path: moments[path])
    return max(staying, key=lambda path: moments[path], default=None)


def _remove_parts(place: Path) -> None:
    """A backup that was cut off a day ago or longer is no one's work any more."""
    for path in backup_folder.parts(place):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _A_DAY_S:
                path.unlink()
