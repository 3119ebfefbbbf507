"""The verdict on a quote in its form: said, spoken, filled in, put right, kept; and the list of those that differ."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from db.edit import Edit
from db.overview import newest_first
from db.records import Document, Inspection, Quote, RecordType, new_id
from db.store import Store
from desktop_app.forms import quote_verdict
from desktop_app.forms.context import Context
from desktop_app.forms.quote import QuoteForm
from desktop_app.places import quote_checks, quotes_that_differ
from desktop_app.places.quote_checks import QuoteChecks
from desktop_app.places.quotes_that_differ import NONE_LEFT, QuotesThatDiffer, look_for
from desktop_app.reading.compared_quotes import compare, compare_quotations, counted
from desktop_app.reading.compared_with import compared_with
from desktop_app.reading.paragraphs import from_text
from desktop_app.reading.verdict_words import NO_REPORT
from desktop_app.workspace import Workspace

REPORT = (
    "1. Leaders work longer and more intensively with families. <b>Plans</b> are good & timely.\n\n"
    "2. There is a lack of sufficient specialist providers, and children wait."
)
ALTERED = "Leaders work longer and more intensely with families."
TRUE = "Leaders work longer and more intensively with families."


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(quote_verdict, "announce", lambda _widget, text, **_: said.append(text))
    monkeypatch.setattr(quotes_that_differ, "announce", lambda _widget, text, **_: said.append(text))
    monkeypatch.setattr(quote_verdict, "ASK_AFTER_MS", 0)
    return said


@pytest.fixture
def workspace(sample_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite")))
    yield opened
    opened.close()


@pytest.fixture
def inspection(workspace: Workspace) -> Inspection:
    return newest_first(workspace.store.each(Inspection))[0]


def document(workspace: Workspace, inspection: Inspection, text: str | None, **facts: Any) -> Document:
    sha256 = workspace.store.keep_file(text.encode()) if text else None
    made = Document(
        id=new_id(),
        provider_id=inspection.provider_id,
        title=facts.get("title", "The report"),
        kind=facts.get("kind", "report"),
        file_name="report.txt" if text else "",
        file_sha256=sha256,
        inspection_ids=(inspection.id,),
    )
    workspace.do("Add document", Edit(after=(made,)))
    return made


@pytest.fixture
def report(workspace: Workspace, inspection: Inspection) -> Document:
    before = [one for one in workspace.store.each(Document) if inspection.id in one.inspection_ids]
    after = [
        replace(one, inspection_ids=tuple(key for key in one.inspection_ids if key != inspection.id)) for one in before
    ]
    workspace.do("Unlink documents", Edit(tuple(before), tuple(after)))
    return document(workspace, inspection, REPORT)


class Place(QWidget):
    """What a place does for the form: writes its deeds, and shows what was written."""

    def __init__(self, workspace: Workspace, inspection: Inspection) -> None:
        super().__init__()
        self.workspace, self.inspection = workspace, inspection
        self.form = QuoteForm(self)
        self.checks = QuoteChecks(workspace, self)
        self.form.edit_wanted.connect(self.write)
        workspace.changed.connect(self.show_again)
        self.show_again(frozenset())
        self.form.set_checks(self.checks)

    def write(self, deed: Any) -> None:
        self.workspace.do(deed.label, deed.edit)

    def show_again(self, _types: frozenset[RecordType]) -> None:
        store = self.workspace.store
        documents = tuple(store.each(Document, provider_id=self.inspection.provider_id))
        context = Context(self.workspace.lists, self.inspection, documents, (self.inspection,))
        self.form.show_context(context, 1)
        shown = self.form.record
        self.form.refresh(store.get(Quote, shown.id) if shown else None)

    @property
    def said(self) -> str:
        assert self.form.verdict is not None
        return self.form.verdict.view.said.text()

    def type(self, text: str) -> None:
        self.form.blocks["text"].field.setPlainText(text)


@pytest.fixture
def place(qtbot: Any, workspace: Workspace, inspection: Inspection, report: Document, spoken: list[str]) -> Place:
    made = Place(workspace, inspection)
    qtbot.addWidget(made)
    made.show()
    return made


def quotes_of(place: Place) -> list[Quote]:
    return [
        one for one in place.workspace.store.each(Quote, inspection_id=place.inspection.id) if "Leaders" in one.text
    ]


def added(place: Place, report: Document, text: str = ALTERED, **facts: Any) -> Quote:
    made = Quote(id=new_id(), inspection_id=place.inspection.id, document_id=report.id, text=text, **facts)
    place.workspace.do("Add quote", Edit(after=(made,)))
    return made


def waits_for(qtbot: Any, place: Place, sentence: str) -> None:
    qtbot.waitUntil(lambda: place.said.startswith(sentence))


def test_the_verdict_is_said_below_the_words_and_spoken_after_typing(
    qtbot: Any, place: Place, spoken: list[str]
) -> None:
    assert place.said == "" and not place.form.verdict.view.isVisible()  # type: ignore[union-attr]
    place.type(TRUE)
    waits_for(qtbot, place, "Found in the report (paragraph 1).")
    assert spoken == ["Found in the report (paragraph 1)."]
    place.type(ALTERED)
    waits_for(qtbot, place, "Differs from the report (paragraph 1): “intensely” stands for “intensively”.")
    place.type("We are extremely pleased with it")
    waits_for(qtbot, place, "Not found in the report.")
    place.type("")
    waits_for(qtbot, place, "")


def test_differing_words_are_marked_in_both_texts(qtbot: Any, place: Place) -> None:
    place.type(f"😀 {ALTERED}")
    waits_for(qtbot, place, "Differs")
    view = place.form.verdict.view  # type: ignore[union-attr]
    for box, word in ((place.form.blocks["text"].field, "intensely"), (view.report, "intensively")):
        marked = [one.cursor.selectedText() for one in box.extraSelections()]
        assert word in marked
        assert all(one.format.fontUnderline() for one in box.extraSelections())


def test_a_new_quote_gets_page_and_paragraph_of_its_words_in_the_same_deed(qtbot: Any, place: Place) -> None:
    place.type(TRUE)
    waits_for(qtbot, place, "Found")
    assert place.form.blocks["paragraph"].field.value() == 1
    place.type("There is a lack of sufficient specialist providers")
    waits_for(qtbot, place, "Found in the report (paragraph 2)")
    assert place.form.blocks["paragraph"].field.value() == 2
    place.type(TRUE)
    place.form.add()  # before the verdict is there
    (quote,) = quotes_of(place)
    assert (quote.text, quote.page, quote.paragraph) == (TRUE, None, 1)
    place.workspace.undo()
    assert quotes_of(place) == []


def test_a_paragraph_that_a_person_gave_stays(qtbot: Any, place: Place) -> None:
    place.form.blocks["paragraph"].field.setText("7")
    place.type(TRUE)
    waits_for(qtbot, place, "Found")
    assert place.form.blocks["paragraph"].field.value() == 7


def test_the_reports_words_are_taken_in_one_deed_that_can_be_undone(qtbot: Any, place: Place, report: Document) -> None:
    quote = added(place, report)
    place.form.edit_record(quote)
    waits_for(qtbot, place, "Differs")
    place.form.verdict.view.take.click()  # type: ignore[union-attr]
    waits_for(qtbot, place, "Found")
    assert [one.text for one in quotes_of(place)] == [TRUE]
    place.workspace.undo()
    assert [one.text for one in quotes_of(place)] == [ALTERED]
    waits_for(qtbot, place, "Differs")


def test_the_reports_words_are_taken_into_a_new_quote(qtbot: Any, place: Place) -> None:
    place.type(ALTERED)
    waits_for(qtbot, place, "Differs")
    place.form.verdict.view.take.click()  # type: ignore[union-attr]
    waits_for(qtbot, place, "Found")
    assert place.form.blocks["text"].field.value() == TRUE and place.form.is_begun


def test_keeping_a_quote_as_printed_is_remembered_until_its_words_change(
    qtbot: Any, place: Place, report: Document
) -> None:
    quote = added(place, report)
    place.form.edit_record(quote)
    waits_for(qtbot, place, "Differs")
    place.form.verdict.view.keep.click()  # type: ignore[union-attr]
    waits_for(qtbot, place, "Kept as printed in its own source. Differs from the report")
    assert quotes_of(place)[0].is_kept_as_printed
    field = place.form.blocks["text"].field
    field.setPlainText("Leaders work shorter and more intensely with families.")
    field.leave()
    waits_for(qtbot, place, "Differs")
    assert not quotes_of(place)[0].is_kept_as_printed


def test_a_new_quote_can_be_kept_as_printed(qtbot: Any, place: Place) -> None:
    place.type(ALTERED)
    waits_for(qtbot, place, "Differs")
    place.form.verdict.view.keep.click()  # type: ignore[union-attr]
    waits_for(qtbot, place, "Kept as printed")
    place.form.add()
    assert [one.is_kept_as_printed for one in quotes_of(place)] == [True]
    place.type(ALTERED)
    waits_for(qtbot, place, "Differs")


def test_opening_a_quote_writes_nothing_and_speaks_nothing(
    qtbot: Any, place: Place, report: Document, spoken: list[str]
) -> None:
    quote = added(place, report)
    with qtbot.assertNotEmitted(place.form.edit_wanted):
        place.form.edit_record(quote)
        waits_for(qtbot, place, "Differs")
    assert quotes_of(place) == [quote] and spoken == []


def test_the_verdict_follows_when_a_report_is_added(qtbot: Any, workspace: Workspace, inspection: Inspection) -> None:
    for one in workspace.store.each(Document):
        if one.kind in ("report", "letter"):
            workspace.do("Change document", Edit((one,), (replace(one, kind="other"),)))
    place = Place(workspace, inspection)
    qtbot.addWidget(place)
    place.type(TRUE)
    waits_for(qtbot, place, NO_REPORT)
    document(workspace, inspection, REPORT)
    waits_for(qtbot, place, "Found")


def test_a_report_that_cannot_be_read_is_said(
    qtbot: Any, workspace: Workspace, inspection: Inspection, report: Document
) -> None:
    sha256 = workspace.store.keep_file(b"\0 nothing")
    workspace.do("Change document", Edit((report,), (replace(report, file_sha256=sha256),)))
    place = Place(workspace, inspection)
    qtbot.addWidget(place)
    place.type(TRUE)
    waits_for(qtbot, place, "The report could not be compared. This kind of file cannot be read.")


def test_a_large_report_is_looked_through_away_from_the_window(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, place: Place, report: Document
) -> None:
    monkeypatch.setattr(quote_checks, "_LARGE", 10)
    told: list[Any] = []
    place.checks.ask(TRUE, report, None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].paragraph == 1
    assert place.checks.now(TRUE, report, None) is None
    place.checks.ask(TRUE, report, None, told.append)
    assert len(told) == 1  # not at once
    qtbot.waitUntil(lambda: len(told) == 2)


def test_inspectors_words_are_compared_with_the_report_and_others_with_their_source(
    workspace: Workspace, inspection: Inspection, report: Document
) -> None:
    release = document(workspace, inspection, "We are pleased.", kind="other")
    bare = document(workspace, inspection, None)
    own = [bare, report, release]
    assert compared_with("inspectors", release, own) == report
    assert compared_with("inspectors", None, own) == report
    assert compared_with("inspectors", bare, own) is None
    assert compared_with("council", release, own) == release
    assert compared_with("council", None, own) is None


# The list of quotes that differ.


@pytest.fixture
def differing(workspace: Workspace, place: Place, report: Document) -> list[Quote]:
    kept = added(place, report, f"{ALTERED} <b>Plans</b>", is_kept_as_printed=True)
    return [added(place, report), added(place, report, TRUE), added(place, report, "Leaders are unknown to me"), kept]


def test_the_list_has_what_differs_or_is_not_found_and_was_not_kept(
    qtbot: Any, workspace: Workspace, place: Place, differing: list[Quote]
) -> None:
    dialog = look_for(workspace, place)
    assert dialog is not None
    qtbot.addWidget(dialog)
    lines = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert lines == [f"Differs: {ALTERED}", "Not found: Leaders are unknown to me"]
    assert dialog.quote.toPlainText() == ALTERED and dialog.report.toPlainText() == TRUE
    assert [one.cursor.selectedText() for one in dialog.report.extraSelections()] == ["intensively"]
    assert dialog.words.text().startswith("2 of ") and "1 of them is kept as printed" in dialog.words.text()
    with qtbot.waitSignal(dialog.quote_wanted) as wanted:
        dialog.show_button.click()
    assert wanted.args[0].text == ALTERED


def test_the_list_changes_quotes_one_deed_each(
    qtbot: Any, workspace: Workspace, place: Place, differing: list[Quote], spoken: list[str]
) -> None:
    dialog = look_for(workspace, place)
    assert dialog is not None
    qtbot.addWidget(dialog)
    dialog.take.click()
    assert workspace.store.get(Quote, differing[0].id).text == TRUE  # type: ignore[union-attr]
    assert not dialog.take.isEnabled()  # nothing to take where nothing was found
    dialog.keep.click()
    assert workspace.store.get(Quote, differing[2].id).is_kept_as_printed  # type: ignore[union-attr]
    assert dialog.said.text() == NONE_LEFT and spoken[-1] == NONE_LEFT
    workspace.undo()
    workspace.undo()
    assert workspace.store.get(Quote, differing[0].id) == differing[0]


def test_a_quote_that_was_changed_since_is_left_alone(
    qtbot: Any, workspace: Workspace, place: Place, differing: list[Quote]
) -> None:
    dialog = look_for(workspace, place)
    assert dialog is not None
    qtbot.addWidget(dialog)
    changed = replace(differing[0], text="Leaders changed it")
    workspace.do("Change quote", Edit((differing[0],), (changed,)))
    dialog.take.click()
    assert workspace.store.get(Quote, changed.id) == changed
    assert dialog.said.text().startswith("This quote was changed")


def test_the_quotations_of_a_press_release_are_shown_with_their_verdicts(qtbot: Any) -> None:
    release = from_text("Leaders “work longer and more intensely with families” and “<b>Plans</b> are good & timely”.")
    found = compare_quotations(release, from_text(REPORT))
    dialog = QuotesThatDiffer(found, None, title="Quotations of the press release")
    qtbot.addWidget(dialog)
    assert [dialog.list.item(row).text() for row in range(2)] == [
        "Differs: work longer and more intensely with families",
        "Found: <b>Plans</b> are good & timely",
    ]
    assert dialog.take.isHidden() and counted(found) == "1 of 2 quotes differs from the report."


def test_documents_that_cannot_be_read_are_told_and_comparing_goes_on(inspection: Inspection) -> None:
    def made(key: str, sha256: str) -> Document:
        facts = {"title": key, "kind": "report", "inspection_ids": (inspection.id,)}
        return Document(id=key, provider_id="p", file_name="a.txt", file_sha256=sha256, **facts)  # type: ignore[arg-type]

    documents = [made("bad", "0"), made("good", "1")]
    quotes = [Quote(id=key, inspection_id=inspection.id, document_id=key, text=TRUE) for key in ("bad", "good")]
    contents = {"0": b"\0", "1": REPORT.encode()}
    bad, good = compare(quotes, documents, contents.get, lambda *_: None, lambda: False)
    assert bad.check is None and bad.problem.startswith("This kind of file")
    assert good.check is not None and not good.is_open
    assert counted([bad, good]) == "0 of 2 quotes differ from the report, 1 has no report to compare with."
