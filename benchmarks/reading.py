"""Prints how long a report takes from its file to its paragraphs, against the bare extraction of its text.

    python -m benchmarks.reading REPORT.pdf [REPORT.pdf ...]

Bare is pypdfium2 alone: each page loaded and its text taken. Both are run in turn: bare in a process of its own that
stays, ours in the reader's process with the message between the two and the paragraphs made here. The ratio is that
of the medians over all pages. Starting the process is told apart.
"""

import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from desktop_app.reading.pages import Reader
from desktop_app.reading.paragraphs import from_pages

ROUNDS = 9


def main(paths: list[Path]) -> None:
    """Measure all reports in turn."""
    spawning = get_context("spawn")
    here, there = spawning.Pipe()
    spawning.Process(target=_serve_bare, args=(there,), daemon=True).start()
    contents = [path.read_bytes() for path in paths]
    with Reader() as reader:
        since = time.perf_counter()
        reader.open(contents[0])
        started_ms = 1_000 * (time.perf_counter() - since)
        counts = [_paragraphs(reader, content) for content in contents]
        pages = sum(page_count for page_count, _ in counts)
        bare_ms = ours_ms = 0.0
        for content in contents:
            bare, ours = [], []
            for _ in range(ROUNDS):
                bare.append(_ms(lambda content=content: _ask_bare(here, content)))
                ours.append(_ms(lambda content=content: _paragraphs(reader, content)))
            bare_ms += statistics.median(bare)
            ours_ms += statistics.median(ours)
    here.send_bytes(b"")
    print(
        f"{len(paths)} reports, {pages} pages, {sum(found for _, found in counts)} paragraphs: "
        f"ours {ours_ms / pages:.2f} ms a page, bare {bare_ms / pages:.2f}, ratio {ours_ms / bare_ms:.2f}; "
        f"process started and first report opened in {started_ms:.0f} ms"
    )


def _paragraphs(reader: Reader, content: bytes) -> tuple[int, int]:
    reader.open(content)
    return reader.page_count, len(from_pages(reader.pages()))


def _ask_bare(connection: Connection, content: bytes) -> None:
    connection.send_bytes(content)
    connection.recv_bytes()


def _serve_bare(connection: Connection) -> None:
    import pypdfium2

    while content := connection.recv_bytes():
        document = pypdfium2.PdfDocument(content)
        texts = []
        for page in document:
            words = page.get_textpage()
            texts.append(words.get_text_range())
            words.close()
            page.close()
        document.close()
        connection.send_bytes("\f".join(texts).encode())


def _ms(work: Callable[[], object]) -> float:
    since = time.perf_counter()
    work()
    return 1_000 * (time.perf_counter() - since)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
