"""What the world does to us, each with a sentence that is fit to show."""


class StoreError(Exception):
    """A reading or writing that could not be done; its text says why and what to do."""


class BadDate(StoreError, ValueError):
    """A text that is no date.

    Args:
        part: "day", "month" or "year" where one of them is to be mended, else empty.
    """

    def __init__(self, sentence: str, part: str = "") -> None:
        super().__init__(sentence)
        self.part = part


class RuleBroken(StoreError):
    """A rule of the schema refused an edit; the file is as it was.

    Args:
        rule: the name of the constraint, as `db.schema` writes it; empty where SQLite names none.
    """

    def __init__(self, sentence: str, rule: str = "", field: str = "") -> None:
        super().__init__(sentence)
        self.rule = rule
        self.field = field


class Stale(StoreError):
    """A record is no longer as the edit expects it."""


class Busy(StoreError):
    """Another program is writing; the edit may be tried again."""


class FileMoved(StoreError):
    """The path no longer leads to the file that was opened, or the file was put back to an older state."""


class NotOurs(StoreError):
    """The file is no inspection log."""


class FileTooNew(StoreError):
    """A later version of the program made the file."""


class Damaged(StoreError):
    """The file cannot be read as it should."""


class CannotWrite(StoreError):
    """The disk or the folder refuses: full, read-only or gone."""
