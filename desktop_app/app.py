"""The application: look, settings, the file to open, and what happens when something goes wrong."""

import gc
import os
import sys
import threading
import traceback
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from db.errors import StoreError
from desktop_app import ask, look
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.versions import program_version

_UNREACHABLE = "Its name or its place cannot be read. Check the name, and that the drive or share is connected."
LOG_AFTER_MS = 200  # the first paint comes first
_telling = threading.Lock()  # held while a fault is shown


def run(path: Path | None, settings: QSettings | None = None) -> int:
    """Show the window until it is closed; return the exit status.

    Args:
        path: the file to open; without one, the file opened last, else the start page.
    """
    _warn_of_missing_packages()
    QApplication.setApplicationName("Inspection Log")
    QApplication.setDesktopFileName("inspection-log")
    application = look.application()
    kept = Settings(settings)
    chosen = path or next(iter(kept.recent_files), None)
    if chosen and is_open_already(chosen):
        return 0
    look.apply(application, kept.look)  # type: ignore[arg-type]
    QGuiApplication.setWindowIcon(look.icon("app"))
    window = MainWindow(kept)
    sys.excepthook = lambda _kind, fault, _trace: _on_fault(window, fault)
    QTimer.singleShot(LOG_AFTER_MS, window, _begin_log)
    window.sample_wanted.connect(lambda out: open_sample(window, out))
    if chosen:
        window.expect_file()
    window.show()
    application.processEvents()  # the window is painted before the file is read
    gc.freeze()
    gc.enable()
    if chosen:
        QTimer.singleShot(0, window, lambda: open_or_make(window, chosen, is_asked_for=path is not None))
    status = application.exec()
    _end_log()
    return status


def is_open_already(path: Path) -> bool:
    """Whether a window of this computer has the file and came to the front; then no second one is needed."""
    from db import owner_place

    if not owner_place.is_there(path):
        return False
    from db import owner_file

    holder = owner_file.holder(path)
    if holder is None or not holder.is_this_computer:
        return False
    from desktop_app import single_instance

    return single_instance.ask_first(path)


def open_or_make(window: MainWindow, path: Path, *, is_asked_for: bool) -> None:
    """Open a file; one that was asked for by name and does not exist can be made."""
    try:
        is_there = path.exists()
    except OSError:
        window.show_start()
        ask.tell(window, "This file could not be opened.", _UNREACHABLE)
        return
    if is_there:
        if not window.open_path(path):
            window.show_start()
        return
    window.show_start()
    if is_asked_for and ask.whether(
        window, f"There is no file {path.name}.", f"It can be made now in {path.absolute().parent}.", "Make it"
    ):
        window.make_file(path)


def open_sample(window: MainWindow, path: Path) -> None:
    """Make the sample's file and show it."""
    from db import sample_file

    try:
        sample_file.make(path)
    except StoreError as error:
        ask.tell(window, "The sample was not made.", str(error))
        return
    window.open_path(path)


def _warn_of_missing_packages() -> None:
    # Qt aborts the process where the plug-in for the screen lacks a library, so this is said before.
    if not sys.platform.startswith("linux") or not os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb"):
        return
    from desktop_app.missing_packages import advice, missing

    if missing():
        print(advice("Qt may stop here."), file=sys.stderr)


def _begin_log() -> None:
    from desktop_app import fault_log

    fault_log.start(program_version(), qVersion())
    qInstallMessageHandler(_on_qt_message)


def _end_log() -> None:
    from desktop_app import fault_log

    qInstallMessageHandler(None)
    fault_log.stop()


def _on_qt_message(kind: QtMsgType, _context: object, words: str) -> None:
    from desktop_app import fault_log

    if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        fault_log.message(words)
        print(words, file=sys.stderr)


def _on_fault(window: MainWindow, fault: BaseException) -> None:
    from desktop_app import fault_log

    if isinstance(
        fault, StoreError
    ):  # a page met it while it was shown: the world's fault, and no one's in the program
        fault_log.fault(fault)
        window.show_damage(str(fault))
        return
    traceback.print_exception(fault)  # whole, for whoever started it from a terminal
    details = fault_log.fault(fault)
    if not _telling.acquire(blocking=False):
        return  # a fault in painting comes again as long as its own dialog is on the screen
    try:
        from desktop_app.views.fault_dialog import FaultDialog

        FaultDialog(f"{fault_log.versions(program_version(), qVersion())}\n{details}", window).exec()
    finally:
        _telling.release()
