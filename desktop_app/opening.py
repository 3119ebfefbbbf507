"""Opening a file for the window: who has it, whether it is sound, and what a person may do where it is not."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from db import backup, owner_file, schema
from db.backup import Backup
from db.errors import CannotWrite, Damaged, StoreError
from db.file_checks import check_header
from db.lists import Lists
from db.owner_file import Claim, InUse
from db.store import Store
from desktop_app import ask
from desktop_app.views.moments import in_words
from desktop_app.views.progress_dialog import wait_for
from desktop_app.words import contents_in_words

AGAIN_AFTER_MS = 1_000  # a share may stumble once


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file; without a claim it is open for reading only, and `why_read_only` says why."""

    store: Store
    lists: Lists
    claim: Claim | None
    why_read_only: str = ""

    def close(self) -> None:
        """Let go of it."""
        self.store.close()
        if self.claim is not None:
            self.claim.release()


class NotOpened(Exception):
    """It was not opened, and the person knows why, or decided so.

    Args:
        wants_backups: the person wants to choose a backup to put in its place.
    """

    def __init__(self, *, wants_backups: bool = False) -> None:
        super().__init__()
        self.wants_backups = wants_backups


def open_file(window: QWidget, path: Path) -> Opened:
    """Open a file for writing, or for reading only where a person agrees.

    Raises:
        Damaged: it is not sound, and was left as it is (`offer_backup`).
        NotOpened: and nothing was changed.
    """
    try:
        version = check_header(path)
        claim, why = _claim(window, path)
        return Opened(*_read(window, path, claim, is_older=version < schema.VERSION), claim, why)
    except Damaged:
        raise
    except StoreError as error:
        ask.tell(window, f"{path.name} could not be opened.", str(error))
        raise NotOpened from error


def _claim(window: QWidget, path: Path) -> tuple[Claim | None, str]:
    try:
        return owner_file.take(path), ""
    except InUse as error:
        return _ask_about_owner(window, path, error)
    except CannotWrite as error:
        return None, str(error)


def _ask_about_owner(window: QWidget, path: Path, error: InUse) -> tuple[Claim | None, str]:
    if error.owner.is_this_computer:
        from desktop_app import single_instance

        if single_instance.ask_first(path):
            raise NotOpened from error
    choices = ["Open for reading only", "Take it over…"]
    match ask.which(window, f"{path.name} is open elsewhere.", str(error), choices):
        case 0:
            return None, str(error)
        case 1 if _is_to_take_over(window, error):
            return owner_file.take(path, over=error.owner), ""
    raise NotOpened from error


def _is_to_take_over(window: QWidget, error: InUse) -> bool:
    warning = (
        "Do this only where you know that nobody works in it any more. Whoever still has it open can no longer save "
        "into it, and is told so."
    )
    return ask.whether(window, "Take the file over?", f"{error} {warning}", "Take it over")


def _read(window: QWidget, path: Path, claim: Claim | None, *, is_older: bool) -> tuple[Store, Lists]:
    try:
        if is_older and claim is not None:  # backup and new search index of a large file take their time
            wait_for(window, "Bringing the file to this version", lambda _: Store.open(path).close())
        try:
            return _store_and_lists(path, claim)
        except Damaged:
            _let_time_pass()
            return _store_and_lists(path, claim)
    except BaseException:
        if claim:
            claim.release()
        raise


def _store_and_lists(path: Path, claim: Claim | None) -> tuple[Store, Lists]:
    store = Store.open(path, is_read_only=claim is None)
    try:
        return store, Lists.read(store)
    except BaseException:
        store.close()
        raise


def _let_time_pass() -> None:
    loop = QEventLoop()
    QTimer.singleShot(AGAIN_AFTER_MS, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def offer_backup(window: QWidget, path: Path, error: Damaged) -> None:
    """Put the newest good backup in a damaged file's place, where a person wants that.

    Raises:
        NotOpened: the file is as it was.
    """
    newest = newest_good(path)
    if newest is None:
        details = (
            f"{error} There is no backup of it on this computer: ask for a copy, or for the backup of your office."
        )
        ask.tell(window, f"{path.name} is damaged.", details)
        raise NotOpened from error
    details = (
        f"{error}\n\nThe newest good backup is of {in_words(newest.made_at)}: "
        f"{contents_in_words(newest.contents)} It can take the place of the file. The damaged file stays beside it, "
        "unchanged, under another name."
    )
    choice = ask.which(window, f"{path.name} is damaged.", details, ["Use this backup", "Choose another backup…"])
    if choice != 0:
        raise NotOpened(wants_backups=choice == 1) from error
    try:
        wait_for(window, "Putting the backup in place", lambda _: backup.restore(newest, path))
    except StoreError as refused:
        ask.tell(window, "The backup was not put in place.", str(refused))
        raise NotOpened from refused


def newest_good(path: Path) -> Backup | None:
    """The newest backup of a file that can be read."""
    described = (backup.described(one) for one in backup.of(path))
    return next((one for one in described if one.contents is not None), None)
