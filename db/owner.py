"""The program that has a file open for writing, as its owner file tells of it, and in words for whoever comes later."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from db.dates import PartialDate
from db.errors import StoreError
from db.machine import computer_name, is_same, mark_of, user_name
from db.text import clean

SEEN_EVERY_S = 60
_UNSEEN_AFTER = timedelta(seconds=5 * SEEN_EVERY_S)
_MOST_LETTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A program that has a file open for writing; moments are in UTC.

    Of one whose owner file cannot be understood only the moments are known, and are those of the file's last change.
    """

    who: str = ""
    computer: str = ""
    process_id: int = 0
    process_mark: str = ""
    since: datetime
    seen: datetime
    token: str = ""

    @classmethod
    def ourselves(cls) -> Self:
        """This program, from now on, with a new token."""
        number, moment = os.getpid(), now()
        return cls(
            who=_fit(user_name()),
            computer=_here(),
            process_id=number,
            process_mark=mark_of(number),
            since=moment,
            seen=moment,
            token=secrets.token_hex(16),
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> Self | None:
        """What an owner file tells; None where it cannot be understood. Its texts are cleaned and cut to a length."""
        try:
            told = json.loads(content)
            words = {name: _fit(told[name]) for name in ("who", "computer", "process_mark", "token")}
            moments = {name: _moment(told[name]) for name in ("since", "seen")}
            number = told["process_id"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        if not (words["who"] and words["computer"] and words["token"] and type(number) is int and number > 0):
            return None
        return cls(process_id=number, **words, **moments)  # type: ignore[arg-type]

    def to_bytes(self) -> bytes:
        """What stands in an owner file; of one length, whatever the moments are."""
        return json.dumps(asdict(self), default=datetime.isoformat, indent=1).encode("ascii")

    @property
    def is_this_computer(self) -> bool:
        return self.computer == _here()

    @property
    def is_gone(self) -> bool:
        """Whether it was a process of this computer and ended without taking its owner file away."""
        return self.is_this_computer and not is_same(self.process_id, self.process_mark)


class InUse(StoreError):
    """Another program has the file open for writing.

    Args:
        owner: which one; `owner_file.take(path, over=owner)` takes the file over from it.
    """

    def __init__(self, owner: Owner) -> None:
        super().__init__(_sentence(owner))
        self.owner = owner


def now() -> datetime:
    """The moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _fit(text: str) -> str:
    return clean(text, lines=False)[:_MOST_LETTERS]


def _here() -> str:
    return _fit(computer_name())


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not 2000 <= moment.year < 2200:
        raise ValueError(text)
    return moment


def _sentence(owner: Owner) -> str:
    since = _in_words(owner.since)
    if not owner.token:
        return (
            f"Someone may have this file open: its owner file, changed at {since}, cannot be read. "
            "You can read this file; to change it, make sure first that nobody else has it open."
        )
    place = "this computer" if owner.is_this_computer else owner.computer
    unseen = now() - owner.seen
    last = f", last seen {_ago(unseen)}" if unseen > _UNSEEN_AFTER else ""
    if owner.who == _fit(user_name()):
        return (
            f"You have had this file open on {place} since {since}{last}. "
            "You can read it here; to change it here, close it there."
        )
    return (
        f"{owner.who} has had this file open on {place} since {since}{last}. "
        f"You can read it; to change it, ask {owner.who} to close it."
    )


def _in_words(moment: datetime) -> str:
    local, today = moment.astimezone(), now().astimezone().date()
    day = local.date()
    words = {today: "today", today - timedelta(days=1): "yesterday"}
    return f"{local:%H:%M} {words.get(day) or f'on {PartialDate(day.year, day.month, day.day)}'}"


def _ago(time: timedelta) -> str:
    for unit, seconds in (("day", 86_400), ("hour", 3_600)):
        if count := int(time.total_seconds()) // seconds:
            return f"{count} {unit}{'s' * (count > 1)} ago"
    return f"{int(time.total_seconds()) // 60} minutes ago"
