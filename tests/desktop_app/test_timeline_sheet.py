"""The timeline on paper: as picture, PDF and file, light and readable without colour."""

import errno

import pytest
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage

from db import timeline, whole_file
from desktop_app import ask, look
from desktop_app.places import timeline_paper
from desktop_app.places.timeline_paper import PaperButton
from desktop_app.views.timeline_sheet import PICTURE_SCALE, Sheet, SheetWords
from tests.db.test_timeline import LISTS, TODAY, ilacs
from tests.desktop_app.test_timeline_view import durham

WORDS = SheetWords("Durham & <b>County</b>", "9 inspections", "Made on 21 November 2026")


@pytest.fixture
def sheet(qapp):
    return Sheet(durham(), WORDS, QFont(qapp.font()))


def test_the_picture_is_light_in_a_dark_window(sheet):
    try:
        look._state["look"] = look.load("dark")
        picture = sheet.image()
    finally:
        look._state["look"] = None
    assert picture.size() == sheet.size * PICTURE_SCALE
    assert picture.pixelColor(3, 3) == QColor("#ffffff")
    assert picture == sheet.image()


def test_the_pdf_is_one_page_of_lines_and_letters(sheet):
    content = sheet.pdf()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 1
    assert b"/Subtype /Image" not in content
    assert b"/Font" in content


def mark_in_grey(match):
    """The mark of one leadership grade in grey, as numbers."""
    inspection, judged = ilacs("a", "2019-09-09", leaders="G")
    shown = timeline.build(LISTS, [inspection], judged, {}, TODAY)
    (row,) = (row for row, lane in enumerate(shown.lanes) if lane.label == "Leadership")
    from dataclasses import replace

    lane = shown.lanes[row]
    lanes = list(shown.lanes)
    lanes[row] = replace(lane, events=(replace(lane.events[0], match=match),))
    made = Sheet(replace(shown, lanes=tuple(lanes)), WORDS, QFont())
    box = made._layout.mark(row, 0).box
    top = made._lanes_top + made._layout.axis_px
    grey = made.image().convertToFormat(QImage.Format.Format_Grayscale8)
    scale = PICTURE_SCALE
    cut = grey.copy(
        round((box.x + 24) * scale), round((box.y + top) * scale), round(box.width * scale), round(box.height * scale)
    )
    return bytes(cut.constBits())


def test_matches_differ_without_colour(qapp):
    found = {mark_in_grey(match) for match in ("exact", "close", "partial")}
    assert len(found) == 3
    assert mark_in_grey("exact") == mark_in_grey("exact")


def test_a_file_is_saved_whole_or_not_at_all(qtbot, sheet, tmp_path, monkeypatch):
    target = tmp_path / "timeline.png"
    button = PaperButton(lambda: sheet, lambda: "A/B: council")
    qtbot.addWidget(button)
    asked, told = [], []
    monkeypatch.setattr(ask, "save_document_as", lambda _, suggestion: asked.append(suggestion) or target)
    monkeypatch.setattr(ask, "tell", lambda _, *words: told.append(words))
    button.save("png")
    assert asked == ["AB council timeline.png"]
    assert QImage(str(target)).size() == sheet.size * PICTURE_SCALE
    before = target.read_bytes()

    def full(_path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_file, "sync", full)
    button.save("pdf")
    assert told and target.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["timeline.png"]
    with pytest.raises(OSError, match="No space"):
        timeline_paper.write(target, b"x")


def test_the_picture_is_copied(qtbot, sheet):
    button = PaperButton(lambda: sheet, lambda: "A")
    qtbot.addWidget(button)
    button.copy()
    assert QGuiApplication.clipboard().image().size() == sheet.size * PICTURE_SCALE
