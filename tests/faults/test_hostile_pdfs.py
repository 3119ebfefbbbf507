"""PDFs made to do harm, and damaged ones: each ends in pages or a sentence, within the limits, and nobody is harmed."""

import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer

from db import machine
from db.snapshot import Cancelled
from desktop_app import jobs
from desktop_app.reading.pages import CannotRead, Limits, Pages, Reader, Why
from desktop_app.reading.paragraphs import from_pages
from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "reports" / "durham-2022-07-05.pdf"
MUTANTS = 40
MANY_MUTANTS = 500
MEMORY_BYTES = 112 * 1024 * 1024
QUICK = Limits(memory_bytes=MEMORY_BYTES, reading_s=3.0, picture_s=3.0)
HANGS_S = 30.0  # three requests, each ended after 3 s: what takes longer was never ended
STOPPED = {Why.TOO_LONG, Why.TOO_MUCH_MEMORY}
REPORT = made_pdfs.report(
    [At(72, 700, "Inspection of Durham", size=20, is_bold=True), At(72, 640, "33. Children are safe.")],
    [At(72, 700, "34. Leaders know their service well and act with-"), At(90, 686, "out delay.")],
)
UNGUARDED = """
import sys
import pypdfium2
page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[0]
page.get_textpage().get_text_range()
"""
READER = """
import sys
from desktop_app.reading.pages import Reader
reader = Reader()
reader.open(sys.stdin.buffer.read())
print(reader.process_id, flush=True)
reader.pages()
import time
time.sleep(60)
"""


def without_pages() -> bytes:
    return made_pdfs.of_contents([])


def random_bytes() -> bytes:
    return b"%PDF-1.7\n" + random.Random(2022).randbytes(50_000)


def cut_off() -> bytes:
    return REPORT[:300]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(limits=QUICK) as opened:
        yield opened


def outcome(reader: Reader, content: bytes) -> tuple[Pages | None, set[Why]]:
    """The pages, where there are some, and every reason given while a file is read and its first page drawn."""
    pages, whys, since = None, set(), time.monotonic()
    for request in (lambda: reader.open(content), reader.pages, lambda: reader.image(1, 1.5)):
        try:
            answer = request() if reader.page_count or not whys else None
        except CannotRead as error:
            whys.add(error.why)
        else:
            pages = answer if isinstance(answer, Pages) else pages
    assert time.monotonic() - since < HANGS_S
    return pages, whys


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (made_pdfs.nested_forms, STOPPED),
        (made_pdfs.deep_page_tree, {Why.DAMAGED}),
        (made_pdfs.cyclic_pages, {Why.DAMAGED}),
        (made_pdfs.flate_bomb, STOPPED),
        (made_pdfs.page_of_letters, STOPPED),
        (made_pdfs.encrypted, {Why.ENCRYPTED}),
        (without_pages, {Why.DAMAGED}),
        (random_bytes, {Why.DAMAGED}),
        (cut_off, {Why.DAMAGED}),
    ],
)
def test_a_bomb_ends_in_a_sentence(reader: Reader, make: Callable[[], bytes], expected: set[Why]) -> None:
    _, whys = outcome(reader, make())
    assert whys
    assert whys <= expected
    pages, whys = outcome(reader, REPORT)
    assert pages and not whys
    assert [paragraph.number for paragraph in from_pages(pages)] == [None, 33, 34]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(made_pdfs.huge_page(1e6), id="a page of a million points"),
        pytest.param(made_pdfs.huge_page(1e30), id="a page larger than numbers"),
        pytest.param(made_pdfs.huge_page(0.001), id="a page smaller than a dot"),
        pytest.param(made_pdfs.giant_image(), id="a picture of 60,000 pixels a side"),
        pytest.param(REPORT.replace(b"startxref\n", b"startxref\n9"), id="the table of objects elsewhere"),
        pytest.param(REPORT.replace(b"/Helvetica", b"/Nonesuch!"), id="an unknown font"),
        pytest.param(REPORT.replace(b"/Type1 /BaseFont", b"/Type0 /BaseFont"), id="a font without its parts"),
        pytest.param(REPORT.replace(b"/Kids [3 0 R 5 0 R]", b"/Kids [3 0 R 77 0 R]"), id="a page that is not there"),
        pytest.param(b"\n" * 500 + REPORT, id="something before it"),
    ],
)
def test_what_is_odd_is_read_or_explained(reader: Reader, content: bytes) -> None:
    pages, whys = outcome(reader, content)
    assert pages or whys


def test_a_file_that_wants_to_act_is_only_read(reader: Reader, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(made_pdfs.drawn([At(72, 600, "SECRET")]))
    with socket.create_server(("127.0.0.1", 0)) as server:
        host = f"127.0.0.1:{server.getsockname()[1]}"
        server.settimeout(0.2)
        pages, whys = outcome(reader, made_pdfs.acting(host, str(tmp_path / "launched")))
        assert pages and not whys
        assert pages.pages[0].text == "Children are safe."
        pages, _ = outcome(reader, made_pdfs.outside_stream(str(secret), host))
        assert pages
        assert "SECRET" not in "".join(page.text for page in pages.pages)
        with pytest.raises(TimeoutError):
            server.accept()
        # The control: whoever calls is noticed.
        with socket.create_connection(server.getsockname()):
            server.accept()[0].close()
    assert list(tmp_path.iterdir()) == [secret]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say what a process holds")
def test_without_limits_the_same_bomb_takes_all_it_can_get() -> None:
    """The control: read without our process and its limits, the file had to be stopped from outside."""
    with subprocess.Popen([sys.executable, "-c", UNGUARDED], stdin=subprocess.PIPE, cwd=ROOT) as alone:
        assert alone.stdin
        alone.stdin.write(made_pdfs.nested_forms())
        alone.stdin.close()
        until = time.monotonic() + 60
        while (held := machine.memory_of(alone.pid)) < 1.5 * MEMORY_BYTES and time.monotonic() < until:
            assert alone.poll() is None
            time.sleep(0.02)
        alone.kill()
    assert held >= 1.5 * MEMORY_BYTES or time.monotonic() >= until
    assert alone.returncode == -signal.SIGKILL


def test_a_bomb_that_is_cancelled_stops_at_once() -> None:
    reader = Reader()
    reader.open(made_pdfs.nested_forms())
    asked: list[None] = []

    def after_a_while() -> bool:
        asked.append(None)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        reader.pages(is_cancelled=after_a_while)
    assert reader.process_id is None


def test_the_window_stays_alive_meanwhile(qtbot: Any) -> None:
    parent, found, ticks = QObject(), [], []
    timer = QTimer(parent)
    timer.timeout.connect(lambda: ticks.append(None))
    timer.start(10)

    def read() -> None:
        with Reader(limits=QUICK) as opened:
            opened.open(made_pdfs.nested_forms())
            opened.pages()

    job = jobs.run(read, parent=parent, on_done=found.append, on_error=found.append)
    qtbot.waitUntil(lambda: not job.is_running, timeout=30_000)
    timer.stop()
    assert isinstance(found[0], CannotRead)
    assert len(ticks) > 3


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
@pytest.mark.parametrize("content", [REPORT, made_pdfs.nested_forms()], ids=["idle", "busy"])
def test_a_program_that_is_killed_takes_its_reader_along(content: bytes) -> None:
    words = [sys.executable, "-c", READER]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as program:
        assert program.stdin and program.stdout
        program.stdin.write(content)
        program.stdin.close()
        reader_id = int(program.stdout.readline())
        assert machine.is_running(reader_id)
        program.kill()
    until = time.monotonic() + 30
    while _is_alive(reader_id) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _is_alive(reader_id)


def _is_alive(process_id: int) -> bool:
    """Whether it runs; one that nobody has reaped yet does not."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return sys.platform != "linux" and machine.is_running(process_id)
    return state != "Z"


def mutant(content: bytes, seed: int) -> bytes:
    """The same bytes with some changed, cut out, doubled, or a number made absurd."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed))
        some = slice(at, at + chance.randint(1, 40))
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[some]
            case 2:
                changed[at:at] = changed[some]
            case 3:
                changed[some] = chance.randbytes(len(changed[some]))
            case _:
                numbers = list(re.finditer(rb"\d+", bytes(changed)))
                start, end = chance.choice(numbers).span()
                changed[start:end] = chance.choice([b"0", b"-1", b"7", b"2147483647", b"99999999999", b"1 0 R"])
    return bytes(changed)


def check_mutants(reader: Reader, seeds: range) -> None:
    sources: list[bytes] = [REPORT, REAL.read_bytes()] if REAL.exists() else [REPORT]
    read = 0
    for seed in seeds:
        pages, whys = outcome(reader, mutant(sources[seed % len(sources)], seed))
        assert pages or whys, seed
        read += bool(pages)
    assert read > 0
    assert outcome(reader, REPORT)[0]


def test_mutants_are_read_or_explained(reader: Reader) -> None:
    check_mutants(reader, range(MUTANTS))


@pytest.mark.long
def test_many_mutants_are_read_or_explained(reader: Reader) -> None:
    check_mutants(reader, range(MUTANTS, MUTANTS + MANY_MUTANTS))
