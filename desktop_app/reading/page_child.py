"""The process that reads and draws PDFs: it may die of what it is given, and nobody else does.

PDFium is asked for words, boxes and pictures only. It runs a document's JavaScript and follows its actions only
for a program that sets up a form environment and asks for it; nothing here does, nor asks for links or attachments.
"""

import ctypes
import os
import signal
import threading
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from db import machine
from desktop_app.reading.page_messages import pack, unpack

_WATCHER_STACK_BYTES = 256 * 1024


def serve(connection: Connection, memory_bytes: int) -> None:
    """Answer what is asked, one reply for each message, until the other end is gone."""
    _be_quiet()
    threading.stack_size(_WATCHER_STACK_BYTES)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from desktop_app.reading import pdfium  # PDFium is loaded here, and nowhere else

    machine.limit_memory(memory_bytes)
    machine.forbid_files()
    desk = Desk(pdfium)
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        connection.send_bytes(desk.answer(message))


class Desk:
    """Holds the one document that is being read."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium = pdfium
        self._document: Any = None

    def answer(self, message: bytes) -> bytes:
        """The reply to a message: what was asked for, or the reason under "error"."""
        try:
            head, blobs = unpack(message)
            machine.limit_processor_time(head["within_s"])
            return self._answer(head, blobs)
        except self._pdfium.Refused as refusal:
            return pack({"error": refusal.why})
        except MemoryError:
            return pack({"error": "too much memory"})
        except (ValueError, OverflowError, KeyError, TypeError, ctypes.ArgumentError):
            return pack({"error": "damaged"})

    def _answer(self, head: dict[str, Any], blobs: list[bytes]) -> bytes:
        match head["ask"]:
            case "open":
                self._close()
                self._document = self._pdfium.Document(blobs[0])
                return pack({"pages": self._document.page_count, "title": self._document.title()})
            case "close":
                self._close()
                return pack({})
            case "pages":
                told, read = self._document.read(head["first"])
                return pack({"pages": told}, *read)
            case "letters":
                return pack({}, self._document.letters(head["page"]))
            case _:
                told, pixels = self._document.draw(head["page"], head["scale"], head["part"], head["most_pixels"])
                return pack(told, pixels)

    def _close(self) -> None:
        if self._document:
            self._document.close()
            self._document = None


def _be_quiet() -> None:
    """Ctrl+C is the program's to answer, and what libraries print reaches nobody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)


def _end_with_parent() -> None:
    # A program that was killed can end nobody; PDFium leaves this thread free to notice.
    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)
