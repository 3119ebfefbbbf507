"""A PDF's words, boxes and pictures, read in a process that can be ended."""

import ast
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from db import machine
from db.snapshot import Cancelled
from desktop_app import jobs
from desktop_app.reading import pages as reading
from desktop_app.reading.page_messages import pack, unpack
from desktop_app.reading.pages import CannotRead, Limits, Page, Picture, Reader, Why, open_report
from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At

ROOT = Path(__file__).parents[2]
SAFE = [At(72, 700, "33. Children are safe."), At(90, 686, "They are heard.", size=9, is_bold=True)]
TWO_PAGES = made_pdfs.report(SAFE, [At(72, 700, "Care leavers")], catalogue=b"/Lang (en-GB)")
# What asks for words and pictures; nothing that sets up forms, runs scripts or follows links.
ASKED_OF_PDFIUM = {
    *("FPDF_LoadMemDocument64", "FPDF_CloseDocument", "FPDF_GetLastError", "FPDF_ERR_PASSWORD", "FPDF_ERR_SECURITY"),
    *("FPDF_GetPageCount", "FPDF_GetMetaText", "FPDF_LoadPage", "FPDF_ClosePage", "FPDF_GetPageWidthF"),
    *("FPDF_GetPageHeightF", "FPDF_GetPageBoundingBox", "FPDFPage_GetRotation", "FPDF_RenderPageBitmap"),
    *("FPDFBitmap_CreateEx", "FPDFBitmap_BGRx", "FPDFBitmap_FillRect", "FPDFBitmap_Destroy"),
    *("FPDFText_LoadPage", "FPDFText_ClosePage", "FPDFText_CountChars", "FPDFText_GetText", "FPDFText_GetUnicode"),
    *("FPDFText_GetLooseCharBox", "FPDFText_GetFontInfo", "FS_RECTF"),
}
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def first_page(reader: Reader, content: bytes) -> Page:
    reader.open(content)
    return reader.pages().pages[0]


def darkest(picture: Picture, box: tuple[float, ...]) -> int:
    """The darkest blue of a box of points."""
    left, top, right, bottom = (round(side * picture.scale) for side in box)
    rows = (
        picture.pixels[4 * (y * picture.width + left) : 4 * (y * picture.width + right)] for y in range(top, bottom)
    )
    return min(min(row[::4], default=255) for row in rows)


def test_a_page_has_its_words_line_by_line(reader: Reader) -> None:
    page = first_page(reader, TWO_PAGES)
    first, second = page.lines()
    assert (page.number, page.width, page.height) == (1, 595, 842)
    assert (first.text, second.text) == ("33. Children are safe.", "They are heard.")
    assert page.text[second.start : second.end] == second.text
    assert (first.left, round(first.bottom)) == (pytest.approx(72, abs=2), pytest.approx(842 - 700, abs=4))
    assert first.size > second.size
    assert (first.is_bold, second.is_bold) == (False, True)
    assert reader.page_count == 2


def test_each_letter_has_a_box(reader: Reader) -> None:
    page = first_page(reader, TWO_PAGES)
    boxes = reader.letters(1)
    assert len(boxes) == 4 * len(page.text)
    at = page.text.index("heard")
    lefts = boxes[4 * at : 4 * at + 20 : 4].tolist()
    assert lefts == sorted(lefts)
    assert lefts[0] > 90


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_boxes_lie_on_the_drawn_letters_of_a_turned_and_cropped_page(reader: Reader, turned: int) -> None:
    words = [At(200, 600, "H", size=60)]
    facts = b"/Rotate %d /CropBox [50 100 500 800]" % turned
    page = first_page(reader, made_pdfs.report(words, page_facts=facts))
    picture = reader.image(1, 1.0)
    box = reader.letters(1)[:4].tolist()
    assert (page.width, page.height) == ((450, 700) if turned % 180 == 0 else (700, 450))
    assert (picture.width, picture.height) == (page.width, page.height)
    assert darkest(picture, tuple(box)) < 80
    line = page.lines()[0]
    assert darkest(picture, (line.left, line.top, box[2], line.bottom)) < 80
    elsewhere = (0.0, 0.0, min(box[0], box[2]) - 5, picture.height)
    assert darkest(picture, elsewhere) == 255


def test_a_word_broken_at_a_lines_end_keeps_its_hyphen(reader: Reader) -> None:
    page = first_page(reader, made_pdfs.report([At(72, 700, "Children’s well-"), At(72, 686, "being matters.")]))
    assert [line.text for line in page.lines()] == ["Children’s well-", "being matters."]
    assert len(reader.letters(1)) == 4 * len(page.text)


def test_a_raised_digit_is_told_from_a_number(reader: Reader) -> None:
    words = [At(72, 700, "Board"), At(107, 705, "1", size=6), At(72, 680, "All 7 children")]
    page = first_page(reader, made_pdfs.report(words))
    assert [page.text[at] for at in page.raised] == ["1"]


def test_a_page_is_drawn_at_any_scale_up_to_a_limit(reader: Reader) -> None:
    reader.open(TWO_PAGES)
    sharp, large = reader.image(1, 2.0), reader.image(1, 400.0)
    assert (sharp.width, sharp.height, sharp.scale) == (1190, 1684, 2.0)
    assert len(sharp.pixels) == 4 * 1190 * 1684
    assert 15_000_000 < large.width * large.height <= Limits().most_pixels
    assert large.scale == pytest.approx(large.width / 595, rel=0.01)


def test_a_part_is_the_same_as_cut_from_the_whole(reader: Reader) -> None:
    reader.open(TWO_PAGES)
    whole = reader.image(1, 3.0)
    part = reader.image(1, 3.0, part=(210, 380, 300, 60))
    rows = (4 * (y * whole.width + 210) for y in range(380, 440))
    assert (part.left, part.top, part.width, part.height) == (210, 380, 300, 60)
    assert b"".join(whole.pixels[at : at + 1200] for at in rows) == part.pixels
    assert min(part.pixels[::4]) < 80


def test_a_part_outside_the_page_is_brought_inside(reader: Reader) -> None:
    reader.open(TWO_PAGES)
    part = reader.image(1, 1.0, part=(9_000, -40, 9_000, 9_000))
    assert (part.left, part.top, part.width, part.height) == (594, 0, 1, 842)


def test_colours_come_as_blue_green_red(reader: Reader) -> None:
    reader.open(made_pdfs.of_contents([made_pdfs.stream(b"1 0 0 rg 0 0 595 842 re f")]))
    assert reader.image(1, 0.1).pixels[:3] == b"\x00\x00\xff"


def test_a_scan_has_pages_to_look_at_and_no_words(reader: Reader) -> None:
    reader.open(made_pdfs.of_contents([made_pdfs.stream(b"0 0 300 300 re f")]))
    assert not reader.pages().has_text
    assert min(reader.image(1).pixels) < 80


def test_letters_without_a_character_keep_their_place(reader: Reader) -> None:
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] "
    font += b"/CharProcs << >> /Encoding << /Differences [65 /unknownone /B] >> /FirstChar 65 /LastChar 66 "
    font += b"/Widths [9 9] >> >> >>"
    content = made_pdfs.stream(b"BT /F1 10 Tf 72 700 Td (ABAB) Tj ET")
    page = first_page(reader, made_pdfs.of_contents([content], page_facts=b"/Resources " + font))
    assert len(reader.letters(1)) == 4 * len(page.text)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Dear Sir or Madam", Why.NOT_A_PDF),
        (b"", Why.NOT_A_PDF),
        (b"%PDF-1.7\nnothing more", Why.DAMAGED),
        (made_pdfs.of_contents([]), Why.DAMAGED),
        (made_pdfs.encrypted(), Why.ENCRYPTED),
        (Path("/nowhere/report.pdf"), Why.NO_FILE),
        (ROOT, Why.NO_FILE),
    ],
)
def test_what_cannot_be_read_is_explained(reader: Reader, content: bytes | Path, why: Why) -> None:
    with pytest.raises(CannotRead) as refused:
        reader.open(content)
    assert refused.value.why is why
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("limits", [Limits(most_bytes=500), Limits(most_pages=1), Limits(most_letters=20)])
def test_what_is_too_large_is_refused(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(TWO_PAGES)

    def read() -> None:
        with Reader(limits=limits) as small:
            small.open(path)
            small.pages()

    with pytest.raises(CannotRead) as refused:
        read()
    assert refused.value.why is Why.TOO_LARGE


def test_one_process_reads_many_files(reader: Reader) -> None:
    reader.open(TWO_PAGES)
    before = reader.process_id
    for words in ("Children", "Care leavers", "Leaders"):
        assert first_page(reader, made_pdfs.report([At(72, 700, words)])).text == words
    with pytest.raises(CannotRead):
        reader.open(made_pdfs.encrypted())
    assert reader.process_id == before


def test_a_process_that_died_is_started_again_with_the_same_pdf(reader: Reader) -> None:
    reader.open(TWO_PAGES)
    before = reader.process_id
    assert before
    os.kill(before, 9)
    while reader._process.is_running:
        time.sleep(0.01)
    assert len(reader.pages().pages) == 2
    assert reader.process_id != before


def test_closing_leaves_no_process_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    opened = open_report(TWO_PAGES)
    opened.pages()
    process_id = opened.process_id
    assert process_id
    assert machine.is_running(process_id)
    opened.close()
    assert not machine.is_running(process_id)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="no PDF is open"):
        opened.pages()


def test_reading_tells_how_far_it_is_and_can_be_stopped(reader: Reader) -> None:
    told: list[float] = []
    reader.open(TWO_PAGES)
    reader.pages(told.append)
    assert told[-1] == 1.0
    with pytest.raises(Cancelled):
        reader.pages(is_cancelled=lambda: True)


def test_a_pool_thread_of_the_window_reads(qtbot: Any) -> None:
    parent, found = QObject(), []

    def read() -> str:
        with open_report(TWO_PAGES) as opened:
            return opened.pages().pages[1].text

    job = jobs.run(read, parent=parent, on_done=found.append, on_error=found.append)
    qtbot.waitUntil(lambda: not job.is_running, timeout=20_000)
    assert found == ["Care leavers"]


def test_the_program_itself_never_loads_pdfium() -> None:
    script = "import sys, desktop_app.reading.pages, desktop_app.reading.paragraphs; print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_pdfium_is_asked_for_words_and_pictures_only() -> None:
    asked = {
        node.attr
        for name in ("pdfium.py", "pdfium_places.py")
        for node in ast.walk(ast.parse((ROOT / "desktop_app" / "reading" / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "pdf"
    }
    assert asked == ASKED_OF_PDFIUM


def test_this_build_of_pdfium_has_no_javascript() -> None:
    script = "from pypdfium2.version import PDFIUM_INFO; print(*PDFIUM_INFO.flags)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    "message",
    [b"", b"\n", b"{}", b"[]\n", b'{"sizes": [3]}\nab', b'{"sizes": [-1, 3]}\nab', b'{"sizes": ["a"]}\nab', b"\xff\n"],
)
def test_what_is_no_message_is_refused(message: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        unpack(message)
    assert unpack(pack({"page": "a\nb"}, b"\n", b"")) == ({"page": "a\nb", "sizes": [1, 0]}, [b"\n", b""])


@pytest.mark.parametrize(
    ("told", "blobs"),
    [
        ({}, []),
        ({"pages": []}, []),
        ({"pages": [{"width": 1}]}, [b""] * 4),
        ({"pages": [{"width": 1, "height": 1, "is_damaged": False}]}, [b"ab", b"\xff\0\0\0" * 2, b"\0" * 24, b""]),
        ({"pages": [{"width": 1, "height": 1, "is_damaged": False}]}, [b"\xff", b"", b"", b""]),
    ],
)
def test_a_reply_that_makes_no_sense_is_not_believed(told: dict[str, Any], blobs: list[bytes]) -> None:
    with pytest.raises(CannotRead):
        reading._pages(told, blobs, first=1)


@posix
@pytest.mark.parametrize(
    ("limit", "deed"),
    [
        ("limit_memory(200_000_000)", "bytearray(300_000_000)"),
        ("forbid_files()", "import os; os.write(os.open('left.txt', os.O_CREAT | os.O_WRONLY), b'a')"),
        ("limit_processor_time(0.1)", "[None for _ in iter(int, 1)]"),
    ],
)
def test_a_limited_process_cannot(tmp_path: Path, limit: str, deed: str) -> None:
    def run(script: str) -> int:
        words = [sys.executable, "-c", script]
        return subprocess.run(
            words,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            timeout=60,
        ).returncode

    assert run(f"from db import machine; machine.{limit}; {deed}") != 0
    if "iter" not in deed:  # without the limit it can; the endless loop had better not be tried
        assert run(deed) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says nothing here; its job limits the memory")
def test_the_memory_of_a_process_is_known() -> None:
    assert 5_000_000 < machine.memory_of(os.getpid()) < 8_000_000_000
    assert machine.memory_of(2**22 + 1) == 0
