"""What a person does with the timeline on paper: copy it, save it as PNG or PDF, print it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton

from db import whole_file
from db.dates import MONTHS
from db.errors import StoreError
from desktop_app import ask
from desktop_app.views.announce import announce
from desktop_app.views.timeline_sheet import Sheet


class PaperButton(QPushButton):
    """The button whose menu has them; `sheet` makes what goes on paper when one of them is chosen."""

    def __init__(self, sheet: Callable[[], Sheet], name: Callable[[], str]) -> None:
        super().__init__("Picture")
        self._sheet, self._name = sheet, name
        menu = QMenu(self)
        menu.setAccessibleName("Picture")
        menu.addAction("&Copy picture", self.copy)
        menu.addAction("Save as &PNG…", lambda: self.save("png"))
        menu.addAction("Save as P&DF…", lambda: self.save("pdf"))
        menu.addAction("P&rint…", self.print_out)
        self.setMenu(menu)
        self.setAccessibleDescription("Copy, save or print the timeline")

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self._sheet().image())
        announce(self, "Picture copied")

    def save(self, ending: str) -> None:
        """Ask where, and write the whole file or nothing."""
        target = ask.save_document_as(self, f"{_as_file_name(self._name())} timeline.{ending}")
        if target is None:
            return
        target = target if target.suffix else target.with_suffix(f".{ending}")
        sheet = self._sheet()
        try:
            write(target, sheet.pdf() if ending == "pdf" else sheet.png())
        except (OSError, StoreError) as error:
            ask.tell(self, "The timeline was not saved. Choose another folder, or make room on the disk.", str(error))
        else:
            announce(self, f"Saved as {target.name}")

    def print_out(self) -> None:
        """Ask for the printer, and print one page."""
        if printer := ask.printer(self.window()):
            self._sheet().put_on(printer)


def source_line(file_name: str, today: date) -> str:
    """When a sheet was made, from which file, and whose words it holds."""
    return (
        f"Made on {today.day} {MONTHS[today.month - 1]} {today.year} with Inspection Log from {file_name}. "
        "Source: published inspection reports and letters; contains public sector information licensed under the "
        "Open Government Licence v3.0."
    )


def write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: the folder or the disk refuses it; what stood there is as it was.
    """
    with whole_file.part_of(target) as part:
        part.write_bytes(content)
        whole_file.sync(part)
        whole_file.put_in_place(part, target)


def _as_file_name(title: str) -> str:
    return "".join(letter for letter in title if letter.isalnum() or letter in " -,").strip()
