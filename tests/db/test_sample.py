"""The sample: the public record of Durham as edits."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from db.catalogue import fact_id, shipped
from db.dates import PartialDate
from db.frameworks import Framework, Grade, InspectionKind, JudgementArea, Strand
from db.improvement_records import VERDICTS, Verdict
from db.records import (
    DOCUMENT_KINDS,
    TONES,
    VOICES,
    AreaForImprovement,
    Document,
    Inspection,
    Judgement,
    Provider,
    Quote,
    RecordType,
)
from db.sample import EVENTS, edits

FACTS = {fact.id: fact for fact in shipped()}
EDITS = list(edits(FACTS.values()))
RECORDS = [record for _, edit in EDITS for record in edit.after]
TEXT = files("resources").joinpath("sample", "durham.json").read_text(encoding="utf-8")
DURHAM = json.loads(TEXT)


def every(record_class):
    return [record for record in RECORDS if isinstance(record, record_class)]


def framework_code(inspection):
    kind = FACTS[inspection.kind_id]
    assert isinstance(kind, InspectionKind)
    framework = FACTS[kind.framework_id]
    assert isinstance(framework, Framework)
    return framework.code


def the_inspection(started):
    (found,) = (each for each in every(Inspection) if each.started_on == PartialDate.from_iso(started))
    return found


INSPECTIONS = [inspection for inspection in every(Inspection) if framework_code(inspection) != EVENTS]


def test_durham_is_nine_inspections_with_all_that_was_said():
    assert len(INSPECTIONS) == 9
    assert len(every(Inspection)) == 9 + 6
    assert len(every(Provider)) == 1
    assert len(every(Document)) == 9
    assert len(every(Judgement)) == 42
    assert len(every(AreaForImprovement)) == 31
    assert len(every(Quote)) == 88 + 14
    assert sum(quote.voice == "inspectors" for quote in every(Quote)) == 88


def test_each_edit_adds_one_record_and_says_which():
    assert all(len(edit.after) == 1 and not edit.before for _, edit in EDITS)
    labels = [label for label, _ in EDITS]
    assert labels[0] == "Add provider Durham County Council"
    assert "Add inspection ILACS standard inspection, 9 May to 20 May 2022" in labels
    assert "Add document Durham strengthens services" in labels
    assert labels.count("Set judgement Adoption performance") == 1


def test_each_record_stands_after_those_that_it_refers_to():
    seen = set(FACTS)
    for record in RECORDS:
        for name in record.__dataclass_fields__:
            value = getattr(record, name)
            if name.endswith("_id") and value is not None:
                assert value in seen, (record, name)
            if name.endswith("_ids"):
                assert seen.issuperset(value), (record, name)
        assert record.id not in seen
        seen.add(record.id)


def test_quotes_stand_as_the_file_has_them_with_the_responses_last():
    for row, inspection in zip(DURHAM["inspections"], INSPECTIONS, strict=True):
        quotes = [quote for quote in every(Quote) if quote.inspection_id == inspection.id]
        assert [quote.text for quote in quotes] == [said["text"] for said in row["quotes"] + row["responses"]]
        assert [quote.position for quote in quotes] == list(range(1, len(quotes) + 1))
        assert [quote.page for quote in quotes[: len(row["quotes"])]] == [said["page"] for said in row["quotes"]]
        areas = [area for area in every(AreaForImprovement) if area.inspection_id == inspection.id]
        assert [area.text for area in areas] == [named["text"] for named in row["areas_for_improvement"]]
        assert [area.position for area in areas] == list(range(1, len(areas) + 1))


def test_what_is_known_to_the_month_stays_so():
    started = [str(inspection.started_on) for inspection in INSPECTIONS]
    assert started == [
        "February 2011",
        "28 November 2011",
        "22 February 2016",
        "July 2018",
        "January 2019",
        "9 September 2019",
        "13 July 2021",
        "9 May 2022",
        "24 March 2025",
    ]
    events = [inspection.started_on for inspection in every(Inspection) if framework_code(inspection) == EVENTS]
    assert PartialDate(2014, 6) in events
    assert None in events


def test_grades_belong_to_the_scale_of_their_framework():
    adequate = [judgement for judgement in every(Judgement) if judgement.grade_as_printed == "Adequate"]
    assert len(adequate) == 1
    for judgement in every(Judgement):
        area, grade = FACTS[judgement.area_id], FACTS[judgement.grade_id]
        assert isinstance(area, JudgementArea)
        assert isinstance(grade, Grade)
        framework = FACTS[area.framework_id]
        assert isinstance(framework, Framework)
        assert grade.scale_id == framework.scale_id


@pytest.mark.parametrize(
    ("started", "grades"),
    [
        ("2016-02-22", ["RI", "RI", "RI", "G", "G", "RI", "G"]),
        ("2019-09-09", ["RI", "RI", "G", "RI"]),
        ("2022-05-09", ["O", "G", "G", "G"]),
        ("2025-03-24", ["O", "G", "O", "O", "O"]),
    ],
)
def test_the_grades_are_those_that_inspectors_gave(started, grades):
    inspection = the_inspection(started)
    given = [FACTS[each.grade_id] for each in every(Judgement) if each.inspection_id == inspection.id]
    assert [grade.initials for grade in given if isinstance(grade, Grade)] == grades


def test_the_contradiction_of_2022_is_told():
    inspection = the_inspection("2022-05-09")
    assert inspection.dates_as_printed == "9 May to 20 May 2022"
    assert "10 May to 20 May 2022" in inspection.notes
    assert inspection.lead_inspector == "Louise Hollick"


def test_the_team_of_2016_names_the_deputy_first():
    team = the_inspection("2016-02-22").team.splitlines()
    assert team[0] == "Paula Thomson-Jones (deputy lead inspector)"
    assert len(team) == 9


def test_the_report_of_2019_serves_the_visits_that_it_describes():
    (report,) = (each for each in every(Document) if str(each.published_on) == "21 October 2019")
    served = [inspection for inspection in every(Inspection) if inspection.id in report.inspection_ids]
    assert [each.id for each in served] == list(report.inspection_ids)
    assert [str(each.started_on) for each in served] == ["July 2018", "January 2019", "9 September 2019", "August 2019"]


def test_a_quote_is_about_a_strand_and_has_a_known_voice():
    for quote in every(Quote):
        assert quote.voice in VOICES
        if quote.voice == "inspectors":
            assert isinstance(FACTS[quote.strand_id], Strand)
            assert quote.tone in TONES
    assert {document.kind for document in every(Document)} <= set(DOCUMENT_KINDS)
    assert FACTS[every(Quote)[0].strand_id].record_type is RecordType.STRAND


def test_the_sample_speaks_to_a_reader_and_names_no_files():
    assert re.findall(r"\bseed|\.txt|\.pdf|\blines? \d|sources/|xlsx", TEXT, re.IGNORECASE) == []


REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
_PROOF = re.compile(r"Report of (\d{4}), page (\d+), paragraph (\d+): “(.*?)”(?= |$)")


def by_id(record_class):
    return {record.id: record for record in every(record_class)}


def test_every_verdict_of_the_sample_is_proved_by_a_sentence_with_its_place():
    areas, quotes, inspections = by_id(AreaForImprovement), by_id(Quote), by_id(Inspection)
    assert len(every(Verdict)) == 40
    for verdict in every(Verdict):
        assert verdict.verdict in VERDICTS
        earlier = inspections[areas[verdict.area_for_improvement_id].inspection_id]
        later = inspections[verdict.inspection_id]
        assert earlier.started_on.first_day < later.started_on.first_day
        assert later.provider_id == earlier.provider_id
        if verdict.quote_id:
            assert quotes[verdict.quote_id].inspection_id == later.id
            assert quotes[verdict.quote_id].page
        if verdict.later_area_id:
            assert areas[verdict.later_area_id].inspection_id == later.id
            assert verdict.verdict == "raised_again"
        is_silence = verdict.verdict == "not_mentioned"
        assert is_silence or verdict.quote_id or _PROOF.search(verdict.text)


@pytest.mark.skipif(not REPORTS.exists(), reason="the real reports are not beside the project")
@pytest.mark.parametrize(("year", "name"), [("2019", "durham-2019-10-21.pdf"), ("2022", "durham-2022-07-05.pdf")])
def test_every_sentence_of_a_verdict_stands_in_its_report_where_it_says(year, name):
    from desktop_app.reading.documents import paragraphs_of
    from desktop_app.reading.verbatim import Checker
    from desktop_app.reading.verbatim import Verdict as Found

    checker = Checker(paragraphs_of((REPORTS / name).read_bytes(), name))
    cited = [found for verdict in every(Verdict) for found in _PROOF.findall(verdict.text) if found[0] == year]
    assert len(cited) >= 10
    for _, page, paragraph, sentence in cited:
        check = checker.check(sentence, page=int(page))
        assert (check.verdict, check.page, check.paragraph) == (Found.FOUND, int(page), int(paragraph)), sentence
    altered = checker.check(cited[0][3].replace(" ", " never ", 1), page=int(cited[0][1]))
    assert altered.verdict is not Found.FOUND


def test_what_the_council_made_of_its_areas_is_not_public_and_stays_empty():
    for area in every(AreaForImprovement):
        assert (area.owner, area.due_on, area.status_id, area.rag_id, area.rag_reason, area.impact) == (
            *("", None, None, None, "", ""),
        )


def test_the_samples_areas_have_the_themes_that_their_words_support():
    wanted = fact_id(RecordType.THEME, "private_fostering")
    themed = [area.text for area in every(AreaForImprovement) if wanted in area.theme_ids]
    assert len(themed) == 2
    assert all("private fostering" in text for text in themed)
    assert all(
        FACTS[key].record_type is RecordType.THEME for area in every(AreaForImprovement) for key in area.theme_ids
    )
    assert sum(bool(area.theme_ids) for area in every(AreaForImprovement)) == 26
