"""Bad input in every field: a clear sentence beside it, nothing lost, nothing run as HTML."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from db.records import Inspection, Judgement, Quote
from desktop_app.main_window import MainWindow
from tests.typist import Typist

HTML = '<b>bold</b><img src="file:///etc/passwd"><script>alert(1)</script>'
RIGHT_TO_LEFT = "שלום עולם \u202eabc"
EMOJI = "👩‍👧 done ✅"
NUL = "before\x00after"
TEXT_FIELDS = ("title", "lead_inspector", "theme", "team", "notes", "report_address", "dates_as_printed")


@pytest.fixture
def details(window: MainWindow, typist: Typist) -> Any:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")
    assert window.inspections is not None
    return window.inspections.pane.details


def _paste(field: Any, text: str) -> None:
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    field.selectAll()
    QApplication.clipboard().setText(text)
    field.paste()
    field.leave()


def _saved(window: MainWindow) -> Inspection:
    assert window.workspace is not None
    return window.workspace.store.each(Inspection)[0]


@pytest.mark.parametrize("text", [HTML, RIGHT_TO_LEFT, EMOJI, "Children’s “well-being” – café"])
def test_any_words_are_kept_exactly(window: MainWindow, details: Any, text: str) -> None:
    for name in TEXT_FIELDS:
        _paste(details.blocks[name].field, text)
        assert getattr(_saved(window), name) == text, name
        assert not details.binding.problems, name


def test_a_nul_never_reaches_the_file(window: MainWindow, details: Any) -> None:
    for name in TEXT_FIELDS:
        field = details.blocks[name].field
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        (field.insert if isinstance(field, QLineEdit) else field.insertPlainText)(NUL)
        field.leave()
        saved = getattr(_saved(window), name)
        assert "\x00" not in saved, name
        assert saved.startswith("before") and saved.endswith("after"), name


def test_a_hundred_thousand_characters_are_refused_or_kept_whole(window: MainWindow, details: Any) -> None:
    for name in TEXT_FIELDS:
        field = details.blocks[name].field
        long = "a" * 100_000
        if isinstance(field, QLineEdit):
            field.setMaxLength(200_000)
        else:
            long = f"{'a' * 399} " * 249 + "a" * 400  # one word of that length Qt takes seconds to break into lines
        _paste(field, long)
        saved = getattr(_saved(window), name)
        if saved == long:
            assert name == "notes"
        else:
            assert saved == "", name
            assert "characters or fewer" in details.binding.problems[name], name
            stands = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            assert stands == long, name
        _paste(field, "a few")
        assert getattr(_saved(window), name) == "a few"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31 February 2023", "Enter a day from 1 to 28: February 2023 has no other"),
        ("9/5/22", "Enter a year with four digits, like 2022"),
        ("1/13/2022", "Enter a month from 1 to 12"),
        ("soon", "Enter a date like 9 May 2022, May 2022 or 2022"),
        ("8 May 2022", "The end date must be the same as or after 9 May 2022"),
        ("9 May 0022", "Enter a year with four digits, like 2022"),
    ],
)
def test_a_wrong_end_date_is_explained_and_kept_as_typed(
    window: MainWindow, typist: Typist, details: Any, typed: str, sentence: str
) -> None:
    typist.text(typed).press("Alt+L")
    assert details.blocks["ended_on"].error == sentence
    assert [link.text() for link in details.summary.links] == [sentence]
    assert _saved(window).ended_on is None
    stands = "".join(details.blocks["ended_on"].field.typed())
    assert [letter for letter in typed if letter.isalnum()][-1] in stands
    typist.press("Alt+N", "Ctrl+A").text("20 May 2022").press("Alt+L")
    assert details.blocks["ended_on"].error == ""


def test_an_error_is_mended_by_changing_the_other_date(window: MainWindow, typist: Typist, details: Any) -> None:
    typist.text("8 May 2022").press("Alt+S", "Ctrl+A").text("2 May 2022").press("Alt+L")
    assert details.binding.problems == {}
    assert str(_saved(window).ended_on) == "8 May 2022"


def test_a_refused_field_stays_with_its_inspection(window: MainWindow, typist: Typist, details: Any) -> None:
    typist.text("8 May 2022").press("Alt+L")
    typist.press("Ctrl+N").text("16 January 2023").press("Tab", "Return")
    assert details.blocks["ended_on"].error == ""
    typist.press("Ctrl+2", "Down")
    assert details.blocks["ended_on"].error == "The end date must be the same as or after 9 May 2022"


def test_9000_is_no_grade(window: MainWindow, typist: Typist, details: Any) -> None:
    typist.press("Alt+2").keys("9000")
    assert window.workspace is not None
    assert window.workspace.store.count(Judgement) == 0
    typist.keys("G")
    assert window.workspace.store.count(Judgement) == 1


def test_a_page_that_is_no_page_keeps_the_quote_as_a_draft(window: MainWindow, typist: Typist, details: Any) -> None:
    typist.press("Alt+3").text("swift and purposeful responses")
    assert window.workspace is not None and window.inspections is not None
    form = window.inspections.pane.quotes.form
    for page in ("0", "-1", "three", "99999", "１２", "1.5"):
        typist.press("Alt+P", "Ctrl+A").text("3").press("Alt+T")
        assert form.blocks["page"].error == "", page
        typist.press("Alt+P", "Ctrl+A").text(page).press("Ctrl+Return")
        assert window.workspace.store.count(Quote) == 0, page
        assert form.blocks["page"].error == "Enter a page as a whole number, like 3", page
        assert form.blocks["text"].field.toPlainText() == "swift and purposeful responses", page


def test_an_empty_quote_is_asked_for_its_words(window: MainWindow, typist: Typist, details: Any) -> None:
    typist.press("Alt+3", "Ctrl+Return")
    assert window.inspections is not None
    assert window.inspections.pane.quotes.form.blocks["text"].error == "Enter the words of the quote"


def test_an_unknown_theme_is_told_and_kept(window: MainWindow, typist: Typist, details: Any) -> None:
    typist.press("Alt+3").text("swift").press("Alt+M").text("no such theme").press("Alt+T")
    assert window.inspections is not None
    assert "There is no theme called “no such theme”" in window.inspections.pane.quotes.form.blocks["theme_ids"].error


def test_no_widget_shows_data_as_html(window: MainWindow, typist: Typist, details: Any) -> None:
    for name in ("title", "lead_inspector", "notes"):
        _paste(details.blocks[name].field, HTML)
    typist.press("Alt+3").text(HTML).press("Ctrl+Return")
    typist.press("Alt+5").text(HTML).press("Ctrl+Return")
    for widget in QApplication.allWidgets():
        _check_plain(widget)


def _check_plain(widget: QWidget) -> None:
    assert not isinstance(widget, QTextEdit), widget
    if isinstance(widget, QLabel) and widget.text():
        assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
    if isinstance(widget, QMessageBox):
        assert widget.textFormat() == Qt.TextFormat.PlainText
    if isinstance(widget, QPlainTextEdit | QLineEdit | QAbstractButton):
        return
    assert "<b>" not in widget.toolTip()


def test_the_status_line_does_not_say_saved_of_what_was_refused(
    window: MainWindow, typist: Typist, details: Any
) -> None:
    typist.text("8 May 2022").press("Alt+L")
    assert window.status.saved == "1 field is not saved"
    typist.press("Alt+N", "Ctrl+A").text("20 May 2022").press("Alt+L")
    assert window.status.saved.startswith("All changes saved")


def test_the_focus_goes_to_the_box_that_is_wrong(window: MainWindow, typist: Typist, details: Any) -> None:
    typist.text("9/5/22").press("Alt+L")
    details.summary.links[0].click()
    assert window.focusWidget() is details.blocks["ended_on"].field.boxes[2]
