"""A second start with the same file asks the first one to come to the front, and is deceived by no other program."""

import ntpath
import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_app import single_instance
from desktop_app.single_instance import ANSWER_MS, CONNECT_MS, Listener, ask_first

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="a socket is a file on POSIX only")
SECOND_START = """
import sys
from pathlib import Path
from desktop_app import single_instance
assert "PySide6.QtNetwork" not in sys.modules
for line in sys.stdin:
    answer_ms, path = line.strip().split(" ", 1)
    single_instance.ANSWER_MS = int(answer_ms)
    print(single_instance.ask_first(Path(path)), flush=True)
"""
CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop_app.single_instance import Listener
application = QCoreApplication([])
listener = Listener()
assert listener.listen(Path(sys.argv[1]))
print("listening", flush=True)
os._exit(1)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "durham.sqlite"
    file.write_bytes(b"")
    return file


@pytest.fixture
def listener(qtbot, path):
    first = Listener()
    first.raised = []
    first.raise_wanted.connect(lambda: first.raised.append(True))
    assert first.listen(path)
    yield first
    first.close()


@pytest.fixture(scope="module")
def second_start():
    """A program that asks for each file that it is told; the window's thread goes on meanwhile."""
    command = [sys.executable, "-c", SECOND_START]
    program = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    yield program
    program.stdin.close()
    program.wait(timeout=30)
    program.stdout.close()


@pytest.fixture
def asked(qtbot, second_start):
    def ask(path: Path, answer_ms: int = 20_000) -> bool:  # where an answer will come, a slow machine has time for it
        said = []
        second_start.stdin.write(f"{answer_ms} {path}\n")
        waiting = threading.Thread(target=lambda: said.append(second_start.stdout.readline().strip()), daemon=True)
        waiting.start()
        qtbot.waitUntil(lambda: bool(said), timeout=30_000)
        return said == ["True"]

    return ask


def test_a_second_start_brings_the_first_window_to_the_front(asked, listener, path):
    assert asked(path)
    assert listener.raised == [True]


def test_where_nobody_has_the_file_open_nobody_is_asked(path):
    assert not ask_first(path)


def test_every_second_start_is_heard(asked, qtbot, listener, path):
    assert [asked(path) for _ in range(5)] == [True] * 5
    qtbot.waitUntil(lambda: len(listener.raised) == 5)
    qtbot.waitUntil(lambda: not listener.findChildren(QLocalSocket))


def test_two_paths_to_one_file_are_the_same(asked, listener, path, monkeypatch):
    link = path.with_name("to durham.sqlite")
    link.symlink_to(path)
    assert asked(link)
    assert asked(path.parent / ".." / path.parent.name / path.name)
    monkeypatch.chdir(path.parent)
    assert single_instance._name(Path("durham.sqlite")) == single_instance._name(path)


def test_on_windows_capitals_make_no_other_file(path, monkeypatch):
    monkeypatch.setattr(os.path, "normcase", ntpath.normcase)
    assert single_instance._name(path) == single_instance._name(path.with_name("DURHAM.sqlite"))


def test_another_file_and_another_person_are_not_the_same(asked, listener, path, monkeypatch):
    assert not asked(path.with_name("leeds.sqlite"))
    monkeypatch.setattr(single_instance, "user_name", lambda: "somebody else")
    assert not ask_first(path)
    assert listener.raised == []


def test_a_listener_that_is_closed_or_listens_for_another_file_is_not_asked(asked, listener, path):
    assert listener.listen(path.with_name("leeds.sqlite"))
    assert not asked(path)
    assert asked(path.with_name("leeds.sqlite"))
    listener.close()
    listener.close()
    assert not asked(path.with_name("leeds.sqlite"))


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\n",
        b"raise",
        b"\0" * 38 + b"\n",
        b"GET / HTTP/1.1\r\nHost: durham.gov.uk\r\nAccept: *\r\n\r\n",
        b"x" * 10**6,
    ],
    ids=["nothing", "empty line", "half", "zeros", "web", "a million bytes"],
)
def test_a_message_of_another_program_does_no_harm(asked, qtbot, listener, path, message):
    stranger = QLocalSocket()
    stranger.connectToServer(single_instance._name(path))
    assert stranger.waitForConnected(CONNECT_MS)
    stranger.write(message)
    stranger.flush()
    assert asked(path)
    assert len(listener.raised) == 1
    assert stranger.bytesAvailable() == 0
    stranger.abort()
    qtbot.waitUntil(lambda: not listener.findChildren(QLocalSocket))


def test_a_program_that_says_nothing_is_not_waited_for(qtbot, path, monkeypatch):
    monkeypatch.setattr(single_instance, "_SILENT_MS", 20)
    first = Listener()
    assert first.listen(path)
    silent = QLocalSocket()
    silent.connectToServer(single_instance._name(path))
    with qtbot.waitSignal(silent.disconnected):
        pass
    first.close()


def test_a_program_that_hangs_is_not_taken_for_ours(listener, path):
    assert not ask_first(path)  # on the window's thread, which therefore cannot answer


def test_without_the_handshake_a_program_that_hangs_would_be_taken_for_ours(listener, path, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(single_instance, "_answer", lambda *_: b"")
    assert ask_first(path)


@pytest.mark.parametrize("answer", [b"", b"yes", b"f" * 64, b"raise " + b"0" * 33, b"x" * 10**5])
def test_another_program_under_the_same_name_is_not_taken_for_ours(asked, path, answer):
    foreign = QLocalServer()
    assert foreign.listen(single_instance._name(path))
    foreign.newConnection.connect(lambda: foreign.nextPendingConnection().write(answer))
    assert not asked(path, 300)
    foreign.close()


@posix
def test_a_program_that_does_not_even_take_the_call_is_not_waited_for(path, tmp_path):
    QLocalServer.removeServer(single_instance._name(path))
    with socket.socket(socket.AF_UNIX) as hung:
        own = QLocalServer()
        own.listen(single_instance._name(path))
        name = own.fullServerName()
        own.close()
        hung.bind(name)
        hung.listen(1)
        assert not ask_first(path)
    os.unlink(name)


def test_the_name_that_a_crashed_program_left_is_used_again(asked, path):
    crash = [sys.executable, "-c", CRASH, str(path)]
    assert subprocess.run(crash, cwd=ROOT, capture_output=True, timeout=60, check=False).stdout == b"listening\n"
    assert not asked(path)
    first = Listener()
    assert first.listen(path)
    assert asked(path)
    first.close()


def test_a_second_listener_does_not_take_the_name_of_the_first(asked, listener, path):
    second = Listener()
    assert not second.listen(path)
    second.close()
    assert asked(path)
    assert listener.raised


@posix
def test_without_a_look_for_the_first_listener_its_name_is_taken(asked, listener, path, monkeypatch):
    """The negative control."""
    second = Listener()
    with monkeypatch.context() as careless:
        careless.setattr(single_instance, "_connected", lambda _: None)
        assert second.listen(path)
    asked(path)
    assert not listener.raised
    second.close()


@posix
def test_only_the_same_person_may_use_the_socket(listener):
    mode = os.stat(listener._server.fullServerName()).st_mode
    assert not mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_it_waits_for_less_than_a_second():
    assert CONNECT_MS + ANSWER_MS < 1000
