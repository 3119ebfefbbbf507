"""A spreadsheet, a CSV file or a pasted table: its sheets by name, and the rows of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_app.exchange import import_csv, import_xlsx
from desktop_app.exchange.import_cells import LIMITS, CannotImport, Limits, OnRead, Row
from desktop_app.exchange.import_package import Package

ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
PASTED = "Pasted table"
_KINDS = (
    (b"\xd0\xcf\x11\xe0", "{} is a workbook of an older form or with a password. Save it as .xlsx without a password."),
    (b"SQLite format 3\0", "{} is a database, no spreadsheet. To take in a colleague’s copy, merge it."),
    (b"%PDF", "{} is a PDF, no spreadsheet. Start a new inspection from a report instead."),
)
_NO_SHEET = "{} has no sheet “{}”. It has: {}."
_OPENDOCUMENT = "{} is an OpenDocument spreadsheet. Save it as .xlsx or as CSV (UTF-8), and import that."


@dataclass(frozen=True, slots=True)
class Source:
    """What is imported: a file, or a text that was copied in another program."""

    path: Path | None = None
    text: str = ""
    limits: Limits = LIMITS

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return self.path.name if self.path else PASTED

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CannotImport(f"{self.name} could not be read: {error.strerror or 'the disk refuses'}.") from error

    def sheets(self) -> list[str]:
        """The names of its sheets, those that are shown first; one without a name where it has none.

        Raises:
            CannotImport: it is no spreadsheet, or one that cannot be read.
        """
        with self._told():
            if not self._is_workbook():
                return [""]
            package = self._package()
            try:
                ordered = sorted(package.sheets, key=lambda sheet: sheet.is_hidden)
                return [sheet.name for sheet in ordered]
            finally:
                package.close()

    def rows(self, sheet: str = "", *, on_read: OnRead = lambda _: None) -> Iterator[Row]:
        """The rows of a sheet, the first one where none is named, read as they are asked for.

        Raises:
            CannotImport: there is no such sheet, or it cannot be read.
        """
        with self._told():
            if self.path is None:
                yield from import_csv.of_text(self.text, limits=self.limits)
            elif self._is_workbook():
                yield from self._rows_of_sheet(sheet, on_read)
            else:
                yield from import_csv.of_file(self.path, limits=self.limits, on_read=on_read)

    def _rows_of_sheet(self, sheet: str, on_read: OnRead) -> Iterator[Row]:
        package = self._package()
        try:
            wanted = sheet.casefold().strip()
            named = [one for one in package.sheets if one.name.casefold().strip() == wanted] if wanted else []
            if wanted and not named:
                names = ", ".join(one.name for one in package.sheets)
                raise CannotImport(_NO_SHEET.format(self.name, sheet, names))
            visible = [one for one in package.sheets if not one.is_hidden]
            chosen = (named or visible or list(package.sheets))[0]
            yield from import_xlsx.rows(package, chosen, limits=self.limits, on_read=on_read)
        finally:
            package.close()

    def _package(self) -> Package:
        assert self.path is not None
        return Package(self.path, self.limits)

    def _is_workbook(self) -> bool:
        if self.path is None:
            return False
        self._check_size(self.path)
        with self.path.open("rb") as handle:
            head = handle.read(120)
        for start, words in _KINDS:
            if head.startswith(start):
                raise CannotImport(words.format(self.name))
        if b"mimetypeapplication/vnd.oasis" in head:
            raise CannotImport(_OPENDOCUMENT.format(self.name))
        return head.startswith(b"PK")

    def _check_size(self, path: Path) -> None:
        if not path.exists():
            raise CannotImport(f"There is no file {path}. Check its name, or choose another.")
        if not path.is_file():
            raise CannotImport(f"{self.name} is no file. Choose a spreadsheet.")
        if path.stat().st_size > self.limits.file_bytes:
            most = self.limits.file_bytes // 1_000_000
            raise CannotImport(f"{self.name} is larger than {most} MB. Copy what is needed into a smaller one.")
        if not path.stat().st_size:
            raise CannotImport(f"{self.name} is empty.")
