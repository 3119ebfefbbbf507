"""What is typed and not saved is on the disk after a moment, and comes back where it was typed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from db.dates import PartialDate
from db.drafts import NEW, Drafts, Kept, Typed, Typing
from db.edit import Edit
from db.errors import CannotWrite
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider, Quote, new_id
from db.store import Store
from desktop_app import ask
from desktop_app.draft_keeper import DraftKeeper
from desktop_app.forms.new_inspection import NewInspectionDialog
from desktop_app.main_window import MainWindow
from desktop_app.places import drafts_words
from desktop_app.places.drafts_dialog import DraftsDialog
from desktop_app.views.text_dialog import TextDialog
from tests.db.records_from_the_field import DURHAM, DURHAM_2022
from tests.typist import Typist

PAUSE_S, AT_MOST_S = 0.05, 0.2


@pytest.fixture
def pane(window: MainWindow) -> Any:
    """Two inspections of one kind; the newer one, of September 2022, is shown."""
    newer = replace(DURHAM_2022, id=new_id(), started_on=PartialDate(2022, 9, 5), ended_on=None, lead_inspector="")
    older = replace(newer, id=new_id(), started_on=PartialDate(2022, 5, 9))
    assert window.workspace is not None
    window.workspace.do("Add inspections", Edit(after=(DURHAM, older, newer)))
    window.open_inspection(newer.id)
    return _pane_alone(window)


def _pane_alone(window: MainWindow) -> Any:
    """The pane, left alone by the window's own keeper."""
    assert window.inspections is not None
    if own := getattr(window, "keeper", None):
        own.stop()
    return window.inspections.pane


@pytest.fixture
def keeper(window: MainWindow, pane: Any) -> Iterator[DraftKeeper]:
    assert window.workspace is not None
    made = DraftKeeper(window.workspace, pane, pane, pause_s=PAUSE_S, at_most_s=AT_MOST_S)
    made.begin()
    yield made
    made.stop()


def _store(window: MainWindow) -> Store:
    assert window.workspace is not None
    return window.workspace.store


def _of(window: MainWindow, started: str) -> Inspection:
    return next(one for one in _store(window).each(Inspection) if str(one.started_on) == started)


def _shown(window: MainWindow) -> str:
    return _of(window, "5 September 2022").id


def _kept(window: MainWindow) -> Typing:
    found = Drafts(_store(window).path).read()
    return found.typing if found else {}


def _wait_for(qtbot: Any, window: MainWindow, wanted: Callable[[Typing], bool]) -> Typing:
    qtbot.waitUntil(lambda: wanted(_kept(window)), timeout=4000)
    return _kept(window)


@pytest.fixture
def died(window: MainWindow, pane: Any, typist: Typist) -> Iterator[Callable[[Typing], DraftKeeper]]:
    """Opens the file anew with a drafts file that a program left which died; the keeper has offered it."""
    made: list[DraftKeeper] = []

    def open_again(typing: Typing, waiting: Any = ()) -> DraftKeeper:
        path = _store(window).path
        window.close_file()
        Drafts(path).keep(typing, waiting)
        window.open_path(path)
        assert window.workspace is not None
        keeper = DraftKeeper(
            window.workspace, _pane_alone(window), window.inspections, pause_s=PAUSE_S, at_most_s=AT_MOST_S
        )
        made.append(keeper)
        keeper.show_wanted.connect(window.open_inspection)
        return keeper

    yield open_again
    for keeper in made:
        keeper.stop()


def _question(window: MainWindow, keeper: DraftKeeper) -> DraftsDialog:
    question = keeper.offer(window)
    assert question is not None
    return question


def test_a_field_being_typed_in_is_kept_and_forgotten_when_it_is_saved(
    qtbot: Any, window: MainWindow, typist: Typist, keeper: DraftKeeper
) -> None:
    typist.press("Alt+1", "Alt+T").text("Inspection of ser")
    shown = _shown(window)
    found = _wait_for(qtbot, window, bool)
    assert found == {shown: {"details": {shown: {"title": Typed("Inspection of ser", "")}}}}
    typist.press("Tab")
    assert _of(window, "5 September 2022").title == "Inspection of ser"
    _wait_for(qtbot, window, lambda typing: not typing)


def test_without_a_keeper_nothing_is_kept(qtbot: Any, window: MainWindow, typist: Typist, pane: Any) -> None:
    typist.press("Alt+1", "Alt+T").text("Inspection of ser")
    qtbot.wait(round(3000 * AT_MOST_S))
    assert _kept(window) == {}


def test_typing_without_a_pause_is_kept_all_the_same(qtbot: Any, window: MainWindow, typist: Typist, pane: Any) -> None:
    assert window.workspace is not None
    keeper = DraftKeeper(window.workspace, pane, pane, pause_s=60, at_most_s=AT_MOST_S)
    keeper.begin()
    typist.press("Alt+3")
    started = time.monotonic()
    while not _kept(window) and time.monotonic() - started < 4:
        typist.text("x")
        QTest.qWait(10)
    assert set(_kept(window)[_shown(window)]["quotes"][NEW]) == {"text"}
    keeper.stop()


def test_a_new_row_is_kept_with_what_differs_from_an_empty_one(
    qtbot: Any, window: MainWindow, typist: Typist, keeper: DraftKeeper
) -> None:
    typist.press("Alt+3").text("swift").press("Alt+P").text("iv").press("Alt+R")
    found = _wait_for(qtbot, window, lambda typing: "page" in str(typing))
    row = found[_shown(window)]["quotes"][NEW]
    assert {name: typed.text for name, typed in row.items()} == {"text": "swift", "page": "iv"}
    assert row["page"].problem == "Enter a page as a whole number, like 3"
    typist.press("Ctrl+2", "Down", "Alt+3").text("pur")
    found = _wait_for(qtbot, window, lambda typing: len(typing) == 2)
    assert found[_of(window, "9 May 2022").id]["quotes"][NEW]["text"].text == "pur"
    assert found[_shown(window)]["quotes"][NEW] == row


def test_clearing_a_draft_removes_it(qtbot: Any, window: MainWindow, typist: Typist, keeper: DraftKeeper) -> None:
    typist.press("Alt+3").text("swift")
    _wait_for(qtbot, window, bool)
    assert window.inspections is not None
    window.inspections.pane.quotes.form.other_button.click()
    _wait_for(qtbot, window, lambda typing: not typing)


def test_a_wording_and_a_refused_judgement_are_kept(
    qtbot: Any, window: MainWindow, typist: Typist, pane: Any, keeper: DraftKeeper
) -> None:
    typist.press("Alt+2")
    first, second = pane.judgements.rows[:2]
    first.printed.setMaxLength(2000)
    first.printed.setText("x" * 501)
    first.printed.leave()
    second.printed.setText("goo")
    found = _wait_for(qtbot, window, lambda typing: "goo" in str(typing))
    rows = found[_shown(window)]["judgements"]
    assert rows[second.area.id] == {"grade_as_printed": Typed("goo", "")}
    assert rows[first.area.id]["grade_as_printed"].text == "x" * 501
    assert rows[first.area.id]["grade_as_printed"].problem


def test_the_step_that_starts_an_inspection_is_kept_and_comes_back(
    qtbot: Any, window: MainWindow, typist: Typist, died: Any, keeper: DraftKeeper
) -> None:
    typist.press("Ctrl+N", "Shift+Tab").press("Ctrl+A").text("Kent County Cou")
    found = _wait_for(qtbot, window, lambda typing: "Kent County Cou" in str(typing))
    assert set(found[""]["new_inspection"][NEW]) == {"provider"}
    typist.press("Escape")
    _wait_for(qtbot, window, lambda typing: not typing)
    keeper.stop()
    _question(window, died(found)).reject()
    assert window.inspections is not None and window.inspections.pane.unsaved() == ["a new inspection"]
    typist.press("Ctrl+N")
    step = QApplication.activeModalWidget()
    assert isinstance(step, NewInspectionDialog)
    assert step.blocks["provider"].field.text() == "Kent County Cou"
    step.reject()
    assert window.inspections.pane.unsaved() == []


def test_what_was_typed_comes_back_unsaved_where_it_was_typed(
    qtbot: Any, window: MainWindow, died: Any, typist: Typist
) -> None:
    shown, other = _shown(window), _of(window, "9 May 2022").id
    typing: Typing = {
        other: {"quotes": {NEW: {"text": Typed("purposeful"), "page": Typed("iv"), "tone": Typed("concern")}}},
        shown: {
            "details": {shown: {"title": Typed("Inspec", ""), "ended_on": Typed(("31", "2", "2022"), None)}},
            "documents": {NEW: {"title": Typed("Report"), "published_on": Typed(("", "7", "2022"))}},
        },
    }
    keeper = died(typing)
    question = _question(window, keeper)
    assert "1 new quote, 2 fields and 1 new document, typed on " in question.words.text()
    question.put_back_button.click()
    assert window.inspections is not None
    pane = window.inspections.pane
    assert pane.inspection is not None and pane.inspection.id == other and pane.tabs.currentIndex() == 2
    assert {"areas", "judgements", "documents"} & set(pane.__dict__) == set()  # what is not looked at is not built
    fields = pane.quotes.form.blocks
    assert fields["text"].field.toPlainText() == "purposeful"
    assert (fields["page"].field.text(), fields["tone"].field.value()) == ("iv", "concern")
    assert fields["page"].error == "Enter a page as a whole number, like 3"
    window.open_inspection(shown, 0)
    assert pane.details.blocks["title"].field.text() == "Inspec"
    assert pane.details.blocks["ended_on"].error
    assert _of(window, "5 September 2022").title == ""
    window.open_inspection(shown, 4)
    assert pane.documents.form.blocks["title"].field.text() == "Report"
    assert _store(window).count(Document) == 0 and _store(window).count(Quote) == 0


def test_put_back_typing_is_kept_again_at_once_and_offered_after_a_second_crash(
    qtbot: Any, window: MainWindow, died: Any
) -> None:
    typing: Typing = {_shown(window): {"quotes": {NEW: {"text": Typed("swift")}}, "areas": {NEW: {"text": Typed("a")}}}}
    keeper = died(typing)
    before = Drafts(_store(window).path).read()
    _question(window, keeper).reject()
    again = Drafts(_store(window).path)
    qtbot.waitUntil(lambda: again.read().moment > before.moment)  # type: ignore[union-attr]
    assert _kept(window) == typing


def test_typing_that_is_thrown_away_is_not_offered_again(window: MainWindow, died: Any) -> None:
    keeper = died({_shown(window): {"quotes": {NEW: {"text": Typed("swift")}}}})
    _question(window, keeper).throw_away_button.click()
    assert Drafts(_store(window).path).read() is None
    assert window.inspections is not None and window.inspections.pane.typing() == {}


def test_a_person_who_thinks_better_of_it_throws_nothing_away(
    window: MainWindow, died: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = died({_shown(window): {"quotes": {NEW: {"text": Typed("swift")}}}})
    monkeypatch.setattr(ask, "whether", lambda *_: False)
    question = _question(window, keeper)
    question.throw_away_button.click()
    assert question.isVisible()
    assert _kept(window)


def test_nothing_is_written_over_before_the_question_is_answered(
    qtbot: Any, window: MainWindow, died: Any, pane: Any
) -> None:
    typing: Typing = {_shown(window): {"quotes": {NEW: {"text": Typed("swift")}}}}
    keeper = died(typing)
    _question(window, keeper)
    assert window.workspace is not None
    window.workspace.do("Add", Edit(after=(Provider(id=new_id(), name="Kent County Council"),)))
    qtbot.wait(round(2000 * AT_MOST_S))
    keeper.stop()
    assert _kept(window) == typing


def test_a_value_that_was_changed_since_is_never_written_over(window: MainWindow, typist: Typist, died: Any) -> None:
    old = _of(window, "5 September 2022")
    _store(window).apply(Edit((old,), (replace(old, title="Changed elsewhere"),)))
    keeper = died({old.id: {"details": {old.id: {"title": Typed("Inspec", "As it was")}}}})
    _question(window, keeper).reject()
    assert window.inspections is not None
    block = window.inspections.pane.details.blocks["title"]
    assert block.field.text() == "Inspec"
    assert "changed to “Changed elsewhere” after you typed yours" in block.error
    typist.press("Alt+L", "Alt+T", "Tab")
    window.open_inspection(_of(window, "9 May 2022").id)
    window.open_inspection(old.id)
    assert block.field.text() == "Inspec" and block.error
    assert _of(window, "5 September 2022").title == "Changed elsewhere"
    assert keeper.drafts.read().typing[old.id]["details"][old.id]["title"].was == "As it was"  # type: ignore[union-attr]
    typist.press("Alt+T", "End").text("tion").press("Tab")
    assert _of(window, "5 September 2022").title == "Inspection"
    assert block.error == ""


def test_a_field_of_an_old_row_comes_back_with_its_row(window: MainWindow, typist: Typist, died: Any) -> None:
    shown = _shown(window)
    areas = [
        AreaForImprovement(id=new_id(), inspection_id=shown, position=place, text=text, finding_kind_id=kind)
        for kind in list(window.workspace.lists.finding_kinds)[:1]  # type: ignore[union-attr]
        for place, text in enumerate(("Pathway assessments.", "Short breaks.", "Missing children."), 1)
    ]
    _store(window).apply(Edit(after=tuple(areas)))
    typed = {"text": Typed("Pathway assessments for all", "Pathway assessments.")}
    stale = {"text": Typed("Short breaks now", "An older wording")}
    keeper = died({shown: {"areas": {areas[0].id: typed, areas[1].id: stale, areas[2].id: {"page": Typed("7")}}}})
    _question(window, keeper).reject()
    assert window.inspections is not None
    tab = window.inspections.pane.areas
    tab.go_to(areas[0].id)
    assert tab.form.blocks["text"].field.toPlainText() == "Pathway assessments for all"
    assert _store(window).get(AreaForImprovement, areas[0].id) == areas[0]
    tab.go_to(areas[1].id)
    assert "after you typed yours" in tab.form.blocks["text"].error
    assert _store(window).get(AreaForImprovement, areas[0].id).text == "Pathway assessments for all"  # type: ignore[union-attr]
    keeper.stop()
    window.close_file()  # what is sound is saved on closing, also where it was not looked at
    store = Store.open(window.settings.recent_files[0])
    assert store.get(AreaForImprovement, areas[1].id) == areas[1]
    assert store.get(AreaForImprovement, areas[2].id).page == 7  # type: ignore[union-attr]
    store.close()


def test_judgements_come_back(window: MainWindow, typist: Typist, died: Any, pane: Any) -> None:
    shown = _shown(window)
    typist.press("Alt+2")
    first, second, third = (row.area.id for row in pane.judgements.rows[:3])
    grade = next(iter(pane.judgements.rows[0]._grades))
    known = Judgement(id=new_id(), inspection_id=shown, area_id=third, grade_id=grade, grade_as_printed="Good")
    _store(window).apply(Edit(after=(known,)))
    wish = {"grade": Typed((grade, None), (None, None), "No."), "grade_as_printed": Typed("Good", "", "No.")}
    stale = {"grade_as_printed": Typed("goo", "As it was")}
    typed = {"grade_as_printed": Typed("out", "")}
    keeper = died({shown: {"judgements": {first: wish, second: typed, third: stale}}})
    _question(window, keeper).reject()
    assert window.inspections is not None
    rows = window.inspections.pane.judgements.rows
    assert rows[0].buttons.value() == (grade, None) and rows[0]._block.error == "No."
    assert rows[1].printed.text() == "out" and rows[1].printed.has_typing
    assert rows[2].printed.text() == "goo" and "after you chose or typed" in rows[2]._block.error
    assert _store(window).count(Judgement) == 1
    rows[1].printed.leave()  # a success tries the refused one again, and never what was changed since
    found = {one.area_id: one for one in _store(window).each(Judgement)}
    assert found[first].grade_id == grade and found[second].grade_as_printed == "out" and found[third] == known


def test_what_has_no_place_any_more_can_be_read_and_copied(window: MainWindow, died: Any) -> None:
    shown = _shown(window)
    gone: Typing = {
        "an inspection": {"quotes": {NEW: {"text": Typed("swift and purposeful")}}},
        shown: {"areas": {"a row": {"text": Typed("Pathway assess", "Pathway")}}},
    }
    keeper = died({**gone, shown: {**gone[shown], "quotes": {NEW: {"text": Typed("here")}}}})
    _question(window, keeper).reject()
    dialog = next(each for each in window.findChildren(TextDialog) if each.isVisible())
    text = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "swift and purposeful" in text and "Pathway assess" in text and "here" not in text
    assert "no longer in the file" in text
    keeper._writing.join()  # type: ignore[union-attr]
    assert _kept(window) == {**gone, shown: {**gone[shown], "quotes": {NEW: {"text": Typed("here")}}}}
    dialog.accept()


def test_deeds_that_waited_are_done_once(window: MainWindow, died: Any) -> None:
    kent, essex = (Provider(id=new_id(), name=name) for name in ("Kent County Council", "Essex County Council"))
    _store(window).apply(Edit(after=(kent,)))
    lost = Edit((replace(kent, name="Not so"),), (replace(kent, name="Kent"),))
    waiting = [("Add provider", Edit(after=(kent,))), ("Add provider", Edit(after=(essex,))), ("Change name", lost)]
    keeper = died({}, waiting)
    question = _question(window, keeper)
    assert question.words.text().startswith("3 changes that waited, typed on")
    assert "Essex County Council" in question.text.toPlainText()
    question.reject()
    names = [one.name for one in _store(window).each(Provider)]
    assert names == ["Durham County Council", "Kent County Council", "Essex County Council"]
    keeper._writing.join()  # type: ignore[union-attr]
    assert keeper.drafts.read().waiting == (("Change name", lost),)  # type: ignore[union-attr]


def test_deeds_that_wait_are_kept_beside_the_typing(
    qtbot: Any, window: MainWindow, typist: Typist, keeper: DraftKeeper
) -> None:
    edit = Edit(after=(Provider(id=new_id(), name="Kent County Council"),))
    typist.press("Alt+3").text("swift")
    keeper.keep_waiting([("Add provider", edit)])
    drafts = Drafts(_store(window).path)
    qtbot.waitUntil(lambda: bool((kept := drafts.read()) and kept.waiting and kept.typing))
    assert drafts.read().waiting == (("Add provider", edit),)  # type: ignore[union-attr]
    keeper.keep_waiting([])
    qtbot.waitUntil(lambda: drafts.read().waiting == ())  # type: ignore[union-attr]


def test_a_slow_disk_never_holds_up_the_window(
    qtbot: Any, window: MainWindow, typist: Typist, keeper: DraftKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Drafts.keep

    def slowly(*what: Any) -> None:
        time.sleep(0.6)
        real(*what)

    monkeypatch.setattr(Drafts, "keep", slowly)
    typist.press("Alt+3").text("swift")
    keeper._keep()
    started = time.monotonic()
    typist.text(" and")
    keeper._keep()
    assert time.monotonic() - started < 0.5  # the control: the writing alone takes longer
    qtbot.waitUntil(lambda: "swift and" in str(_kept(window)), timeout=4000)  # the second writing followed the first


def test_a_disk_that_refuses_is_told_once_and_tried_again(
    qtbot: Any, window: MainWindow, typist: Typist, keeper: DraftKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    keeper.told.connect(told.append)
    real, refusals = Drafts.keep, []

    def refuse(*_: Any) -> None:
        refusals.append(1)
        raise CannotWrite("No room.")

    monkeypatch.setattr(Drafts, "keep", refuse)
    typist.press("Alt+3").text("swift")
    qtbot.waitUntil(lambda: len(refusals) >= 3, timeout=4000)
    assert told == ["No room."]
    monkeypatch.setattr(Drafts, "keep", real)
    _wait_for(qtbot, window, lambda typing: "swift" in str(typing))


def test_drafts_that_cannot_be_read_are_told_and_left(window: MainWindow, died: Any) -> None:
    keeper = died({_shown(window): {"quotes": {NEW: {"text": Typed("swift")}}}})
    keeper.drafts.path.write_bytes(b"damaged")
    told: list[str] = []
    keeper.told.connect(told.append)
    assert keeper.offer(window) is None
    (aside,) = keeper.drafts.path.parent.glob("*set-aside*")
    assert str(aside) in told[0]


def test_closing_well_leaves_no_drafts(qtbot: Any, window: MainWindow, typist: Typist, keeper: DraftKeeper) -> None:
    path = _store(window).path
    typist.press("Alt+3").text("swift").press("Alt+P").text("iv")
    _wait_for(qtbot, window, bool)
    window.leave_field()
    window.unsaved()
    keeper.stop()
    assert Drafts(path).read() is None


def test_the_question_is_used_by_keyboard(window: MainWindow, typist: Typist, died: Any) -> None:
    keeper = died({_shown(window): {"quotes": {NEW: {"text": Typed("<b>swift</b>")}}}})
    question = _question(window, keeper)
    QApplication.processEvents()
    assert question.focusWidget() is question.put_back_button
    assert question.text.accessibleName() and question.accessibleDescription() == question.words.text()
    assert question.words.textFormat() == Qt.TextFormat.PlainText
    assert "<b>swift</b>" in question.text.toPlainText()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert window.inspections is not None
    assert window.inspections.pane.quotes.form.blocks["text"].field.toPlainText() == "<b>swift</b>"


def test_the_file_of_a_document_comes_back(window: MainWindow, typist: Typist, pane: Any, died: Any) -> None:
    typist.press("Alt+5")
    digest = _store(window).keep_file(b"%PDF-1.7 report")
    from desktop_app.views.file_field import KeptFile

    pane.documents.form.take_file(KeptFile("report.pdf", digest))
    keeper = died(pane.typing())
    _question(window, keeper).reject()
    typist.press("Ctrl+Return")
    found = _store(window).each(Document)
    assert [(one.file_name, one.file_sha256) for one in found][-1] == ("report.pdf", digest)


NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "rows", "sentence"),
    [
        (NOW, {"details": {"i": {"title": Typed("a")}}}, "1 field, typed on 22 November at 15:00, was not saved."),
        (
            datetime(2025, 1, 2, 9, 5, tzinfo=UTC),
            {"areas": {NEW: {"text": Typed("a")}, "r": {"text": Typed("a"), "page": Typed("1")}}},
            "1 new area for improvement and 2 fields, typed on 2 January 2025 at 09:05, were not saved.",
        ),
    ],
)
def test_the_sentence_says_how_much_and_when(moment: datetime, rows: Any, sentence: str) -> None:
    assert drafts_words.sentence(Kept(moment, {"i": rows}), NOW) == sentence


def test_every_field_has_a_name_in_words(window: MainWindow, pane: Any) -> None:
    fields = [name for tab in pane.entry_tabs for name in tab.form.blocks] + list(pane.details.blocks)
    for name in fields:
        words = drafts_words.label(name)
        assert words[0].isupper() and "_" not in words and not words.endswith(" id")


def test_a_text_shows_choices_by_their_names(window: MainWindow, pane: Any) -> None:
    shown, document = _shown(window), Document(id=new_id(), provider_id="", title="The report")
    document = replace(document, provider_id=_of(window, "9 May 2022").provider_id)
    _store(window).apply(Edit(after=(document,)))
    row = {
        "text": Typed("swift"),
        "document_id": Typed(document.id),
        "tone": Typed("concern"),
        "is_reported_speech": Typed(True),
    }
    kept = Kept(NOW, {shown: {"quotes": {NEW: row}, "details": {shown: {"ended_on": Typed(("31", "", "2022"))}}}})
    assert window.workspace is not None
    text = drafts_words.as_text(kept, _store(window), window.workspace.lists)
    for line in ("New quote", "Words: swift", "Source: The report", "Tone: Concern", "Reported speech: Yes", "31 2022"):
        assert line in text
    assert "Durham County Council" in text and "5 September 2022" in text


def test_a_file_for_reading_only_is_asked_nothing(
    window: MainWindow, died: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing: Typing = {_shown(window): {"quotes": {NEW: {"text": Typed("swift")}}}}
    keeper = died(typing)
    monkeypatch.setattr(window.workspace, "is_read_only", True)
    assert keeper.offer(window) is None
    keeper.stop()
    assert _kept(window) == typing


def test_a_save_by_leaving_does_not_put_the_list_back(window: MainWindow, typist: Typist) -> None:
    typist.press("Ctrl+N").text("Durham County Council").press("Tab").text("9 May 2022").press("Tab", "Return")
    typist.press("Ctrl+N").text("5 September 2022").press("Tab", "Return")
    typist.press("Alt+1", "Alt+T").text("Typed and not left")
    assert window.inspections is not None
    other = _of(window, "9 May 2022")
    window.open_inspection(other.id)
    current = window.inspections.list.current_record()
    assert window.inspections.pane.inspection is not None and current is not None
    assert window.inspections.pane.inspection.id == current.id == other.id
    assert _of(window, "5 September 2022").title == "Typed and not left"
