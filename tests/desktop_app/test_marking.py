"""A hit opens with its words marked."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.views.marking import mark_words


@pytest.fixture
def form(qtbot: Any) -> Any:
    shown = QWidget()
    shown.text = QPlainTextEdit("Children’s assessments are detailed and analytical.")  # type: ignore[attr-defined]
    shown.speaker = QLineEdit("Louise Hollick")  # type: ignore[attr-defined]
    column = QVBoxLayout(shown)
    column.addWidget(shown.text)  # type: ignore[attr-defined]
    column.addWidget(shown.speaker)  # type: ignore[attr-defined]
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("detail", "detail"), ("children's", "Children’s"), ("ANALYTICAL x", "analytical"), ('"assess', "assess")],
)
def test_the_words_are_marked_in_the_text(form: Any, typed: str, marked: str) -> None:
    assert mark_words(form, typed)
    assert form.text.textCursor().selectedText() == marked


def test_words_of_another_field_are_marked_there(form: Any) -> None:
    assert mark_words(form, "hollick")
    assert form.speaker.selectedText() == "Hollick"


@pytest.mark.parametrize("typed", ["", "nothing of the kind", '"', "(", "*"])
def test_what_stands_nowhere_marks_nothing(form: Any, typed: str) -> None:
    assert not mark_words(form, typed)
    assert not form.text.textCursor().hasSelection()
