"""One window for one file: a second start asks the first one to come to the front.

A listener answers a challenge with a digest of it and of the file's name, which the name of its socket does not
tell; so a program that hangs, or another one under the same name, is not taken for ours. It is a courtesy, no
protection: who else may write to the file is asked of `db.owner_file`.
"""

import hashlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal

from db.machine import user_name

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket  # used by a second start only, and after the first paint

CONNECT_MS = 200
ANSWER_MS = 500
_SILENT_MS = 2000
_CHALLENGE_BYTES = 32
_ASKED = b"raise "


def ask_first(path: Path) -> bool:
    """Ask the program that has this file open to come to the front; True where it said that it will.

    No application is needed. It takes no longer than `CONNECT_MS` and `ANSWER_MS` together.
    """
    socket = _connected(path)
    if socket is None:
        return False
    challenge = secrets.token_hex(_CHALLENGE_BYTES // 2).encode()
    socket.write(_ASKED + challenge + b"\n")
    expected = _answer(path, challenge)
    until = QDeadlineTimer(ANSWER_MS)
    while socket.bytesAvailable() < len(expected) and socket.waitForReadyRead(until.remainingTime()):
        pass
    answer = bytes(socket.read(len(expected)).data())
    socket.abort()
    return answer == expected


class Listener(QObject):
    """Hears of a second start with the open file.

    Signals:
        raise_wanted: Emitted when a second start asked for the window.
    """

    raise_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._server: QLocalServer | None = None

    def listen(self, path: Path) -> bool:
        """Listen for a file, in place of the one before; False where another program does, or none may."""
        from PySide6.QtNetwork import QLocalServer

        self.close()
        if other := _connected(path):
            other.abort()
            return False
        QLocalServer.removeServer(_name(path))  # nobody answered: it belongs to a program that crashed
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        self._path, self._server = path, server
        return server.listen(_name(path))

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()):
            socket.setReadBufferSize(len(_ASKED) + _CHALLENGE_BYTES + 1)
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(socket.deleteLater)
            QTimer.singleShot(_SILENT_MS, socket, socket.abort)
            self._read(socket)

    def _on_ready(self) -> None:
        self._read(self.sender())  # type: ignore[arg-type]

    def _read(self, socket: "QLocalSocket") -> None:
        whole = len(_ASKED) + _CHALLENGE_BYTES + 1
        if self._path is None or socket.bytesAvailable() < whole:
            return
        asked = bytes(socket.read(whole).data())
        if not asked.startswith(_ASKED) or not asked.endswith(b"\n"):
            socket.abort()
            return
        socket.write(_answer(self._path, asked[len(_ASKED) : -1]))
        socket.flush()  # before a slot keeps the window's thread
        socket.disconnectFromServer()
        self.raise_wanted.emit()


def _connected(path: Path) -> "QLocalSocket | None":
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_name(path))
    return socket if socket.waitForConnected(CONNECT_MS) else None


def _name(path: Path) -> str:
    return f"inspection-log-{hashlib.sha256(_identity(path)).hexdigest()[:24]}"


def _identity(path: Path) -> bytes:
    """Person and file; the same by whatever path the file is reached."""
    return os.fsencode(f"{user_name()}\0{os.path.normcase(path.resolve())}")


def _answer(path: Path, challenge: bytes) -> bytes:
    return hashlib.sha256(challenge + _identity(path)).hexdigest().encode()
