"""Starts the process that reads PDFs, asks it, and ends it when it takes too long or too much memory."""

import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from db import machine
from desktop_app.reading import page_child
from desktop_app.reading.page_messages import pack, unpack
from desktop_app.reading.page_values import CannotRead, Why

_WATCHED_EVERY_S = 0.02
_MOST_REPLY_BYTES = 256 * 1024 * 1024
_LATEST_END_S = 5.0
_LATEST_WORD_S = 1.0
_DEATHS = {
    "SIGABRT": Why.TOO_MUCH_MEMORY,
    "SIGTRAP": Why.TOO_MUCH_MEMORY,
    "SIGILL": Why.TOO_MUCH_MEMORY,
    "SIGXCPU": Why.TOO_LONG,
}
_MUCH_OF_THE_MEMORY = 0.5

IsCancelled = Callable[[], bool]


class Stopped(Exception):
    """The asker said so while the process worked; it was ended."""


class PageProcess:
    """One process at a time, started when it is first asked and again after it died.

    Args:
        memory_bytes: what it may have; on Linux and Windows its system refuses it more, everywhere it is watched.
    """

    def __init__(self, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes
        self._process: Any = None
        self._connection: Connection | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is there to be asked, with what it was told before."""
        return self._process is not None and self._process.is_alive()

    @property
    def process_id(self) -> int | None:
        return self._process.pid if self._process else None

    def ask(
        self, head: dict[str, Any], *blobs: bytes, within_s: float, is_cancelled: IsCancelled
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Send a message and wait for its reply; whatever goes wrong, the process is gone afterwards.

        Args:
            is_cancelled: asked some 50 times a second, on another thread.

        Raises:
            CannotRead: the reply says why, or it took too long, needed too much memory or died.
            Stopped: `is_cancelled` said so.
        """
        if not self.is_running:
            self._start()
        assert self._connection
        guard = _Guard(self._process, within_s, self._memory_bytes, is_cancelled)
        try:
            with guard:
                self._connection.send_bytes(pack({**head, "within_s": within_s}, *blobs))
                reply, parts = unpack(self._connection.recv_bytes(_MOST_REPLY_BYTES))
        except (OSError, EOFError, ValueError) as error:
            died_of = self._why_it_died()
            self.end()
            raise guard.reason(died_of) from error
        except BaseException:
            self.end()
            raise
        if guard.has_ended_it:
            self.end()
            raise guard.reason(Why.TOO_LONG)
        if why := reply.get("error"):
            raise CannotRead(Why(why) if why in set(Why) else Why.DAMAGED)
        return reply, parts

    def end(self) -> None:
        """End the process at once and leave nothing of it."""
        process, connection, self._process, self._connection = self._process, self._connection, None, None
        if connection:
            connection.close()
        if process:
            process.kill()
            process.join(_LATEST_END_S)
            with suppress(ValueError):  # the system has not let go of it yet; Python reaps it later
                process.close()

    def _why_it_died(self) -> Why:
        """What its last signal says; PDFium aborts when it is refused memory."""
        self._process.join(_LATEST_WORD_S)
        code = self._process.exitcode or 0
        name = signal.Signals(-code).name if -code in set(signal.Signals) else ""
        return _DEATHS.get(name, Why.DAMAGED)

    def _start(self) -> None:
        self.end()
        spawning = get_context("spawn")
        self._connection, theirs = spawning.Pipe()
        self._process = spawning.Process(
            target=page_child.serve, args=(theirs, self._memory_bytes), name="report-reader", daemon=True
        )
        try:
            self._process.start()
        except OSError as error:
            self._process = None
            self.end()
            raise CannotRead(Why.TOO_MUCH_MEMORY) from error
        finally:
            theirs.close()


class _Guard(threading.Thread):
    """Watches a process while it is asked; a wait for its reply ends with the process."""

    def __init__(self, process: Any, within_s: float, memory_bytes: int, is_cancelled: IsCancelled) -> None:
        super().__init__(name="report-reader-guard", daemon=True)
        self._process, self._memory_bytes, self._is_cancelled = process, memory_bytes, is_cancelled
        self._until = time.monotonic() + within_s
        self._over = threading.Event()
        self._seen_bytes = 0
        self._why: Why | None = None
        self._is_stopped_by_asker = False

    def __enter__(self) -> "_Guard":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    @property
    def has_ended_it(self) -> bool:
        return self._is_stopped_by_asker or self._why is not None

    def reason(self, otherwise: Why) -> Exception:
        """Why there is no reply; a process that died by itself while it held much memory died of that."""
        if self._is_stopped_by_asker:
            return Stopped()
        if self._why is None and self._seen_bytes > _MUCH_OF_THE_MEMORY * self._memory_bytes:
            return CannotRead(Why.TOO_MUCH_MEMORY)
        return CannotRead(self._why or otherwise)

    def run(self) -> None:
        while not self._over.wait(_WATCHED_EVERY_S):
            self._seen_bytes = max(self._seen_bytes, machine.memory_of(self._process.pid))
            self._is_stopped_by_asker = self._is_cancelled()
            if self._seen_bytes > self._memory_bytes:
                self._why = Why.TOO_MUCH_MEMORY
            elif time.monotonic() > self._until:
                self._why = Why.TOO_LONG
            if self.has_ended_it:
                self._process.kill()
                return
