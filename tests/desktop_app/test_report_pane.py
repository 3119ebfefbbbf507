"""The report beside the form: what is shown, what is taken from it, and what is said when it cannot be shown."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox

from db import document_text
from db.edit import Edit
from db.records import AreaForImprovement, Document, Quote, new_id
from db.store import Store
from desktop_app.main_window import MainWindow
from desktop_app.places import report_reading
from desktop_app.places.report_beside import ReportBeside
from desktop_app.places.report_pane import ReportPane
from desktop_app.reading.passage import Span, Words
from desktop_app.views.capture_bar import AREA, NOTHING, QUOTE
from desktop_app.views.report_bar import PICTURE, TEXT
from desktop_app.views.report_marks import Manner
from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At
from tests.typist import Typist

HEADING = "The experiences and progress of children who need help and protection: good"
FIRST = [
    At(72, 780, "Inspection of Durham local authority", size=20),
    At(72, 740, HEADING, size=13, is_bold=True),
    At(72, 700, "1. Children’s plans are timely and what they say is heard by workers"),
    At(90, 685, "who visit them. Leaders know this and listen in every meeting to the"),
]
SECOND = [
    At(90, 780, "children themselves."),
    At(72, 740, "2. Records are kept well."),
    At(72, 700, "What needs to improve?", size=13, is_bold=True),
    At(72, 670, "• Pathway plans for care leavers."),
]
REPORT = made_pdfs.report(FIRST, SECOND)
SENTENCE = "Leaders know this and listen in every meeting to the children themselves."
SCAN = made_pdfs.of_contents([made_pdfs.stream(b"0 0 100 100 re f")])


@pytest.fixture
def beside(window: MainWindow, typist: Typist) -> Iterator[ReportBeside]:
    """An inspection of 2022 without documents, in a window wide enough for three panes."""
    window.resize(1440, 900)
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")
    window.activateWindow()
    QApplication.processEvents()
    assert window.inspections is not None
    yield window.inspections.beside
    if window.inspections is not None:
        window.inspections.beside.close()


def store_of(window: MainWindow) -> Store:
    assert window.workspace is not None
    return window.workspace.store


def add(
    qtbot: Any, beside: ReportBeside, folder: Path, content: bytes = REPORT, name: str = "report.pdf"
) -> ReportPane:
    """A file dropped and read, or explained."""
    path = folder / name
    path.write_bytes(content)
    beside.add_file(path)
    report = beside.report
    assert report is not None
    qtbot.waitUntil(lambda: not report.reading.is_reading, timeout=20_000)
    return report


def mark(report: ReportPane, words: str) -> None:
    """Mark words in the text, as the keyboard does; they may run over a page's end."""
    text = report.text.toPlainText()
    first, last = words.split()[0], words.split()[-1]
    start = text.index(words[:30] if len(words) > 30 else first)
    cursor = report.text.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(text.index(last, start) + len(last), QTextCursor.MoveMode.KeepAnchor)
    report.text.setTextCursor(cursor)


def field(window: MainWindow, name: str, tab: str = "quotes") -> Any:
    assert window.inspections is not None
    return window.inspections.pane.form(tab).form.binding.field(name)


def test_there_is_no_pane_where_there_is_no_report(qtbot: Any, beside: ReportBeside) -> None:
    qtbot.wait(2 * 150)
    assert beside.report is None


def test_a_dropped_report_is_kept_read_and_shown(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    report = add(qtbot, beside, tmp_path)
    (document,) = store_of(window).each(Document)
    assert (document.title, document.kind, document.file_name) == ("report", "report", "report.pdf")
    assert store_of(window).file_bytes(document.file_sha256 or "") == REPORT
    assert report.isVisible() and report.shown is report.sheet and report.document_id == document.id
    assert report.bar.page_count.text() == "of 2"
    qtbot.waitUntil(lambda: bool(document_text.of(store_of(window), document.file_sha256 or "")))
    kept = document_text.of(store_of(window), document.file_sha256 or "")
    assert any("timely" in one.text and one.number == 1 for one in kept)


def test_the_same_file_again_makes_no_second_document(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    add(qtbot, beside, tmp_path)
    add(qtbot, beside, tmp_path, name="again.pdf")
    assert store_of(window).count(Document) == 1


def test_files_are_dropped_on_the_place(qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(REPORT)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)), QUrl("https://example.org/x.pdf"), QUrl("file://server/x.pdf")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    assert window.inspections is not None
    over = window.inspections.pane.tabs
    QApplication.sendEvent(over, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    assert store_of(window).count(Document) == 0
    QApplication.sendEvent(over, QDropEvent(QPointF(5, 5), copy, data, left, none))
    qtbot.waitUntil(lambda: store_of(window).count(Document) == 1)
    assert [one.file_name for one in store_of(window).each(Document)] == ["report.pdf"]


@pytest.mark.parametrize("view", [TEXT, PICTURE])
def test_marked_words_become_a_quote_with_where_they_stand(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path, view: str
) -> None:
    report = add(qtbot, beside, tmp_path)
    report.set_view(TEXT)
    mark(report, SENTENCE)
    if view == PICTURE:
        report.switch_view()
    beside.capture(QUOTE)
    read = {name: field(window, name).value() for name in ("text", "page", "paragraph", "document_id", "tone")}
    (document,) = store_of(window).each(Document)
    assert read == {"text": SENTENCE, "page": 1, "paragraph": 1, "document_id": document.id, "tone": None}
    assert field(window, "about").currentText() == f"Judgement: {HEADING.removesuffix(': good')}"
    assert QApplication.focusWidget() is field(window, "tone")
    assert report.passage is None
    assert window.inspections is not None and window.inspections.pane.quotes.form.add()
    (quote,) = store_of(window).each(Quote)
    assert (quote.text, quote.page, quote.paragraph, quote.document_id) == (SENTENCE, 1, 1, document.id)
    qtbot.waitUntil(lambda: bool(report.sheet.marks.spans(Manner.TAKEN)))
    (span,) = report.sheet.marks.spans(Manner.TAKEN)
    assert report.words.paragraphs[span.paragraph].text[span.start : span.end] == SENTENCE.rstrip(".")


def test_marked_words_become_an_area_for_improvement(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    report = add(qtbot, beside, tmp_path)
    report.set_view(TEXT)
    mark(report, "Pathway plans for care leavers.")
    beside.capture(AREA)
    assert field(window, "text", "areas").value() == "Pathway plans for care leavers."
    assert window.inspections is not None and window.inspections.pane.areas.form.add()
    (area,) = store_of(window).each(AreaForImprovement)
    assert (area.text, area.page) == ("Pathway plans for care leavers.", 2)


def test_nothing_marked_is_said_and_writes_nothing(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    add(qtbot, beside, tmp_path)
    with qtbot.waitSignal(beside.told) as told:
        beside.capture(QUOTE)
    assert told.args == [NOTHING]
    assert field(window, "text").value() == ""


def test_a_quote_that_is_begun_is_added_before_the_next(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    report = add(qtbot, beside, tmp_path)
    report.set_view(TEXT)
    for words in ("Records are kept well.", "Children’s plans are timely"):
        mark(report, words)
        beside.capture(QUOTE)
    assert [one.text for one in store_of(window).each(Quote)] == ["Records are kept well."]
    assert field(window, "text").value() == "Children’s plans are timely"


def test_a_refused_field_keeps_its_quote_and_the_next_one_waits(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    report = add(qtbot, beside, tmp_path)
    report.set_view(TEXT)
    mark(report, "Records are kept well.")
    beside.capture(QUOTE)
    field(window, "page").setText("seven")
    mark(report, "Children’s plans are timely")
    with qtbot.waitSignal(beside.told) as told:
        beside.capture(QUOTE)
    assert "Finish what is being typed first" in told.args[0]
    assert (field(window, "text").value(), field(window, "page").text()) == ("Records are kept well.", "seven")
    assert report.passage is not None and store_of(window).count(Quote) == 0


def test_a_chosen_quote_shows_its_place(qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path) -> None:
    report = add(qtbot, beside, tmp_path)
    (document,) = store_of(window).each(Document)
    key = document.inspection_ids[0]
    shown = Quote(id=new_id(), inspection_id=key, document_id=document.id, text="Records are kept", page=2)
    assert window.workspace is not None and window.inspections is not None
    window.workspace.do("Add quote", Edit(after=(shown,)))
    window.inspections.pane.go_to(shown)
    (span,) = report.sheet.marks.spans(Manner.SHOWN)
    assert report.words.paragraphs[span.paragraph].text[span.start : span.end] == "Records are kept"
    beside.show_place_of(
        Quote(id=new_id(), inspection_id=key, document_id=document.id, text="other words", paragraph=1)
    )
    (span,) = report.sheet.marks.spans(Manner.SHOWN)
    assert report.words.paragraphs[span.paragraph].number == 1


def test_picture_and_text_keep_the_mark_and_the_page(qtbot: Any, beside: ReportBeside, tmp_path: Path) -> None:
    report = add(qtbot, beside, tmp_path)
    report.go_to_page(2)
    report.switch_view()
    assert report.shown is report.text and report.text.page == 2
    mark(report, "Records are kept well.")
    report.switch_view()
    assert report.shown is report.sheet and report.passage is not None
    assert report.passage.text == "Records are kept well."


def test_find_goes_round_and_says_how_many(qtbot: Any, beside: ReportBeside, tmp_path: Path) -> None:
    report = add(qtbot, beside, tmp_path)
    seen = []
    for step in (1, 1, 1, -1):
        report.find_words("plans", step)
        seen.append(report.bar.found.text())
    assert seen[0] == seen[2] and seen[1] == seen[3] and seen[0].endswith("of 2")
    report.find_words("nowhere", 1)
    assert report.bar.show_found(0, 0) is None and not report.sheet.marks.spans(Manner.FOUND)


def test_a_paragraph_is_gone_to_by_its_number(qtbot: Any, beside: ReportBeside, tmp_path: Path) -> None:
    report = add(qtbot, beside, tmp_path)
    report.set_view(TEXT)
    report.go_to_paragraph(2)
    assert report.text.textCursor().block().text().startswith("2. Records")
    with qtbot.waitSignal(beside.told) as told:
        report.go_to_paragraph(99)
    assert told.args == ["This document has no paragraph 99."]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (made_pdfs.encrypted(), "locked.pdf", "password"),
        (REPORT[:400], "damaged.pdf", "damaged"),
        (b"PK\x03\x04 no archive", "odd.docx", ""),
        (b"\x00\x01\x02", "odd.bin", ""),
    ],
    ids=["encrypted", "damaged", "docx", "bytes"],
)
def test_what_cannot_be_shown_is_kept_and_says_why(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path, content: bytes, name: str, said: str
) -> None:
    report = add(qtbot, beside, tmp_path, content, name)
    (document,) = store_of(window).each(Document)
    assert store_of(window).file_bytes(document.file_sha256 or "") == content
    assert "is kept, but cannot be shown" in report.message.head.text()
    assert said in report.message.sentence.text() and report.message.sentence.text().endswith(".")
    assert report.passage is None and report.message.isVisible()


def test_a_scan_can_be_looked_at_and_says_that_it_has_no_words(
    qtbot: Any, beside: ReportBeside, tmp_path: Path
) -> None:
    report = add(qtbot, beside, tmp_path, SCAN, "scan.pdf")
    assert report.shown is report.sheet and "pictures of pages" in report.notice.text() and report.notice.isVisible()


def test_a_press_release_is_quoted_from_as_text(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    words = "Good news\n\nInspectors praised our “proactive culture” in Durham.\n".encode()
    report = add(qtbot, beside, tmp_path, words, "release.txt")
    assert report.shown is report.text and not report.bar.views[PICTURE].isEnabled()
    mark(report, "proactive culture")
    beside.capture(QUOTE)
    assert (field(window, "text").value(), field(window, "page").value()) == ("proactive culture", None)


def test_reading_can_be_stopped(
    qtbot: Any, beside: ReportBeside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slowly(_: Any, __: bytes, ___: str, tell: Any, is_cancelled: Any) -> None:
        while not is_cancelled():
            tell(0.5)
            begun.set()
        raise report_reading.Cancelled

    monkeypatch.setattr(report_reading.read_document, "read", slowly)
    (tmp_path / "slow.pdf").write_bytes(REPORT)
    beside.add_file(tmp_path / "slow.pdf")
    report = beside.report
    assert report is not None and begun.wait(5)
    qtbot.waitUntil(lambda: report.message.bar.value() == 500)
    assert report.message.stop_button.isVisible()
    report.message.stop_button.click()
    qtbot.waitUntil(lambda: not report.reading.is_reading)
    assert "stopped" in report.message.sentence.text()


def test_a_report_that_is_overtaken_is_not_shown(qtbot: Any, beside: ReportBeside, tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(REPORT)
    beside.add_file(tmp_path / "one.pdf")
    report = add(qtbot, beside, tmp_path, made_pdfs.report([At(72, 700, "1. Another report.")]), "two.pdf")
    qtbot.waitUntil(lambda: report.document is not None)
    assert [one.text for one in report.words.paragraphs] == ["Another report."]


def test_the_process_that_reads_goes_with_the_file(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    report = add(qtbot, beside, tmp_path)
    process = report.reading.reader.process_id
    assert process and _is_running(process)
    window.close_file()
    qtbot.waitUntil(lambda: not _is_running(process), timeout=10_000)


def test_commands_reach_the_file_that_is_open_and_no_earlier_one(
    qtbot: Any, window: MainWindow, beside: ReportBeside
) -> None:
    path = store_of(window).path
    window.close_file()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.open_path(path)
    window.show_inspections()
    assert window.inspections is not None
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(window.inspections.beside.told) as told:
        window.commands["capture_quote"].trigger()
    assert not raised and "Show the report first" in told.args[0]


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_pane_can_be_hidden_and_shown_again(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    report = add(qtbot, beside, tmp_path)
    assert window.inspections is not None and report in window.inspections.panes()
    beside.toggle()
    assert report.isHidden() and report not in window.inspections.panes()
    beside.toggle()
    assert report.isVisible()
    qtbot.waitUntil(lambda: report.document is not None)


def test_where_there_is_no_report_the_pane_says_how_one_comes(beside: ReportBeside) -> None:
    beside.toggle()
    assert beside.report is not None and beside.report.message.file_button.isVisible()
    assert "Drop a PDF" in beside.report.message.sentence.text()


@pytest.mark.usefixtures("dressed")
def test_a_narrow_window_keeps_form_and_report_usable(
    qtbot: Any, window: MainWindow, beside: ReportBeside, tmp_path: Path
) -> None:
    window.resize(1000, 620)
    report = add(qtbot, beside, tmp_path)
    assert window.inspections is not None
    splitter = window.inspections.splitter
    window.inspections.pane.show_tab(2)
    qtbot.waitUntil(lambda: splitter.sizes()[0] == 0)
    assert splitter.sizes()[2] >= report.minimumWidth()
    window.inspections.list.setFocus()
    qtbot.waitUntil(lambda: splitter.sizes()[0] > 0)
    assert splitter.sizes()[2] == 0
    report.focus_words()
    qtbot.waitUntil(lambda: splitter.sizes()[2] > 0)


def test_every_part_of_the_pane_has_a_name(qtbot: Any, beside: ReportBeside, tmp_path: Path) -> None:
    report = add(qtbot, beside, tmp_path)
    for box in (report.bar.page, report.bar.paragraph, report.bar.find_box, report.sheet, report.text):
        assert box.accessibleName()
    assert all(box.accessibleName() for box in report.bar.findChildren(QComboBox))


def test_a_long_text_is_filled_in_portions_and_marked_where_it_was_not_yet(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, beside: ReportBeside, tmp_path: Path
) -> None:
    from desktop_app.views import report_text

    monkeypatch.setattr(report_text, "_LETTERS_AT_ONCE", 50)
    report = add(qtbot, beside, tmp_path)
    report.text.show_words(Words(report.words.paragraphs), report.document.shown)  # type: ignore[union-attr]
    assert len(report.text.toPlainText()) == 50
    last = len(report.words.paragraphs) - 1
    report.text.select([Span(last, 0, 7)])
    assert report.text.textCursor().selectedText() == report.words.paragraphs[last].text[:7]
    qtbot.waitUntil(lambda: report.text.toPlainText() == report.document.shown.text)  # type: ignore[union-attr]
    assert report.text.textCursor().selectedText() == report.words.paragraphs[last].text[:7]


def test_two_keys_take_a_quote(
    qtbot: Any, window: MainWindow, typist: Typist, beside: ReportBeside, tmp_path: Path
) -> None:
    report = add(qtbot, beside, tmp_path)
    typist.press("Ctrl+T")
    mark(report, SENTENCE)
    report.focus_words()
    typist.press("Ctrl+Shift+Q", "Ctrl+Return")
    (quote,) = store_of(window).each(Quote)
    assert (quote.text, quote.paragraph) == (SENTENCE, 1)
