"""A person who types numbers into a new quote, adds it after so many of them, and never stops; to be killed.

    python -m tests.faults.typing_without_end FILE KEEPS PAUSE_S AT_MOST_S ROW

Tells on its standard output each number with the moment by its own clock, and "added" after each row.
"""

import os
import sys
import time
from itertools import count
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.records import Inspection
from desktop_app.draft_keeper import DraftKeeper
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings

EVERY_MS = 10


def main(path: Path, keeps: bool, pause_s: float, at_most_s: float, row: int) -> None:
    application = QApplication([])
    window = MainWindow(Settings(QSettings(str(path.with_name("settings.ini")), QSettings.Format.IniFormat)))
    window.show()
    window.open_path(path)
    assert window.workspace is not None and window.inspections is not None
    pane = window.inspections.pane
    if own := getattr(window, "keeper", None):
        own.stop()
    if keeps:
        keeper = DraftKeeper(window.workspace, pane, pane, pause_s=pause_s, at_most_s=at_most_s)
        keeper.begin()
    (inspection,) = window.workspace.store.each(Inspection)
    window.inspections.show_inspection(inspection, 2)
    numbers = count()
    clock = QTimer(window, interval=EVERY_MS)
    clock.timeout.connect(lambda: type_one(pane.quotes.form, next(numbers), row))
    clock.start()
    application.exec()


def type_one(form: object, number: int, row: int) -> None:
    QTest.keyClicks(form.blocks["text"].field, f"{number} ")  # type: ignore[attr-defined]
    print(f"{time.monotonic()} {number}", flush=True)
    if number % row == row - 1:
        assert form.add()  # type: ignore[attr-defined]
        print("added", number, flush=True)


if __name__ == "__main__":
    file, keeps, pause, most, row = sys.argv[1:]
    main(Path(file), keeps == "True", float(pause), float(most), int(row))
