"""Whole inspections entered through the window with key presses only, and compared with the sample's."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.dates import PartialDate
from db.frameworks import Grade, Strand
from db.records import (
    DOCUMENT_KINDS,
    AreaForImprovement,
    Document,
    Inspection,
    Judgement,
    Provider,
    Quote,
    Record,
)
from db.store import Store
from desktop_app.main_window import MainWindow
from tests.typist import Typist

pytestmark = pytest.mark.usefixtures("dressed")


class Officer:
    """Types one inspection of the sample's facts into the window, the way the help says."""

    def __init__(self, window: MainWindow, typist: Typist, durham: dict[str, Any], started: str) -> None:
        self.typist = typist
        self.durham = durham
        self.facts = next(one for one in durham["inspections"] if one["started"] == started)
        self._lists = window.workspace.lists  # type: ignore[union-attr]
        self._documents = {one["code"]: one for one in durham["documents"]}

    def start(self, kind_label: str) -> None:
        self.typist.press("Ctrl+N").text(self.durham["provider"]["name"]).press("Tab")
        self.typist.text(_words(self.facts["started"])).press("Tab").keys(kind_label).press("Return")

    def type_details(self) -> None:
        facts = self.facts
        if facts["ended"]:
            self.typist.text(_words(facts["ended"]))
        if facts["dates_as_printed"]:
            self.typist.press("Alt+A").text(facts["dates_as_printed"])
        if facts["published"]:
            self.typist.press("Alt+B").text(_words(facts["published"]))
        for key, keys in (
            ("title", "Alt+T"),
            ("lead_inspector", "Alt+L"),
            ("theme", "Alt+O"),
            ("team", "Alt+M"),
            ("report_address", "Alt+W"),
            ("notes", "Alt+Y"),
        ):
            if facts.get(key):
                self.typist.press(keys).text(_lines(facts[key]))

    def type_judgements(self) -> None:
        self.typist.press("Alt+2")
        keys = {grade.code: grade.key for grade in self._lists.grades.values()}
        self.typist.keys("".join(keys[one["grade"]] for one in self.facts["judgements"]))

    def type_documents(self, codes: list[str]) -> None:
        self.typist.press("Alt+5")
        for code in codes:
            document = self._documents[code]
            self.typist.text(document["title"])
            if document["kind"] != "report":
                self.typist.press("Tab").keys(DOCUMENT_KINDS[document["kind"]][:2])
            self.typist.press("Alt+P").text(document["publisher"] or "")
            if document["published"]:
                self.typist.press("Alt+D").text(_words(document["published"]))
            for key, keys in (("published_as_printed", "Alt+A"), ("address", "Alt+W"), ("notes", "Alt+Y")):
                if document.get(key):
                    self.typist.press(keys).text(_lines(document[key]))
            self.typist.press("Ctrl+Return")

    def type_quotes(self, count: int) -> None:
        self.typist.press("Alt+3")
        source, strand = "", None
        for quote in self.facts["quotes"][:count]:
            self.typist.text(quote["text"])
            if quote["document"] != source:
                source = quote["document"]
                self.typist.press("Alt+S").keys(self._documents[source]["title"][:3])
            for key, keys in (("page", "Alt+P"), ("paragraph", "Alt+R")):
                if quote[key]:
                    self.typist.press(keys).text(str(quote[key]))
            if quote["strand"] != strand:
                strand = quote["strand"]
                label = next(one.label for one in self._lists.strands.values() if one.code == strand)
                self.typist.press("Alt+A").keys(label[:2])
            self.typist.press("Alt+T").keys(quote["tone"][:1])
            self.typist.press("Ctrl+Return")

    def type_areas(self) -> None:
        self.typist.press("Alt+4")
        page = None
        for area in self.facts["areas_for_improvement"]:
            self.typist.text(area["text"])
            if area["page"] != page:
                page = area["page"]
                self.typist.press("Alt+P").text(str(page))
            self.typist.press("Ctrl+Return")


def _lines(found: str | list[str]) -> str:
    return found if isinstance(found, str) else "\n".join(found)


def _words(iso: str) -> str:
    return str(PartialDate.from_iso(iso))


def everything_of(store: Store, started: str, *, quotes: int | None = None) -> list[Any]:
    """All rows of one inspection, comparable between files: ids replaced by what they stand for."""
    inspection = next(one for one in store.each(Inspection) if str(one.started_on and one.started_on.iso) == started)
    provider = store.get(Provider, inspection.provider_id)
    assert provider is not None
    documents = sorted(store.each(Document, inspection_ids=inspection.id), key=lambda one: one.title)
    titles: dict[str | None, str] = {one.id: one.title for one in documents}
    plain: list[Record] = [replace(inspection, provider_id=provider.name)]
    plain += [replace(one, provider_id="", inspection_ids=()) for one in documents]
    plain += store.each(Judgement, inspection_id=inspection.id)
    for record_class in (Quote, AreaForImprovement):
        rows: list[Any] = store.each(record_class, inspection_id=inspection.id)
        wanted = rows[:quotes] if record_class is Quote else rows
        # Themes are no words of the report: they are set when an officer goes through what was entered.
        plain += [replace(one, document_id=titles.get(one.document_id, ""), theme_ids=()) for one in wanted]
    return [replace(one, id="", **({"inspection_id": ""} if hasattr(one, "inspection_id") else {})) for one in plain]


@pytest.fixture
def sample(sample_file: Path) -> Any:
    opened = Store.open(sample_file, is_read_only=True)
    yield opened
    opened.close()


def _compare(typed: list[Any], wanted: list[Any]) -> None:
    assert len(typed) == len(wanted)
    for mine, theirs in zip(typed, wanted, strict=True):
        assert mine == theirs


def test_the_inspection_of_may_2022_is_entered_whole_with_key_presses_only(
    window: MainWindow, typist: Typist, durham: dict[str, Any], sample: Store
) -> None:
    officer = Officer(window, typist, durham, "2022-05-09")
    officer.start("")
    officer.type_details()
    officer.type_judgements()
    officer.type_documents(["report_2022", "newton_news_2022"])
    officer.type_quotes(5)
    officer.type_areas()
    typist.press("Ctrl+S")
    assert window.workspace is not None
    typed = everything_of(window.workspace.store, "2022-05-09")
    _compare(typed, everything_of(sample, "2022-05-09", quotes=5))
    print(f"\n{typist.letters} letters, {typist.others} other keys")
    assert typist.others <= 90


def test_the_inspection_of_2011_is_entered_with_its_22_judgements(
    window: MainWindow, typist: Typist, durham: dict[str, Any], sample: Store
) -> None:
    officer = Officer(window, typist, durham, "2011-11-28")
    officer.start("Safe")
    officer.type_details()
    officer.type_judgements()
    typist.press("Ctrl+S")
    assert window.workspace is not None
    typed = everything_of(window.workspace.store, "2011-11-28")
    wanted = [one for one in everything_of(sample, "2011-11-28") if isinstance(one, Inspection | Judgement)]
    _compare(typed, wanted)
    codes = [window.workspace.store.get(Grade, one.grade_id).code for one in typed[1:]]  # type: ignore[union-attr]
    assert (codes.count("outstanding"), codes.count("good"), codes.count("adequate")) == (13, 8, 1)


def test_the_visit_of_january_2019_known_only_by_month_has_no_grades(
    window: MainWindow, typist: Typist, durham: dict[str, Any], sample: Store
) -> None:
    officer = Officer(window, typist, durham, "2019-01")
    officer.start("ILACS f")
    officer.type_details()
    officer.type_documents(["report_2019"])
    officer.type_quotes(2)
    typist.press("Ctrl+S")
    assert window.workspace is not None and window.inspections is not None
    _compare(everything_of(window.workspace.store, "2019-01"), everything_of(sample, "2019-01"))
    assert window.inspections.pane.judgements.count == 0
    assert window.workspace.store.count(Strand) > 0
