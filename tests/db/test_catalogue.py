"""The shipped frameworks and lists: what is in them, and that they hold together."""

import shutil
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pytest

import resources
from db.catalogue import digest, fact_id, shipped
from db.dates import PartialDate
from db.frameworks import (
    MATCHES,
    AreaStrand,
    Framework,
    Grade,
    GradeScale,
    InspectionKind,
    JudgementArea,
    areas_judged,
    may_be_in_force,
)
from db.records import RecordType

FACTS = shipped()
AREAS = [fact for fact in FACTS if isinstance(fact, JudgementArea)]
CARE_AND_LEAVERS = "The experiences and progress of children in care and care leavers"
IN_CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
TONES = {"outstanding", "good", "requires_improvement", "adequate", "inadequate", "plain"}


def framework_of(kind: InspectionKind) -> Framework:
    return next(fact for fact in FACTS if isinstance(fact, Framework) and fact.id == kind.framework_id)


def kinds_offered(day: str) -> list[InspectionKind]:
    started_on = PartialDate.from_iso(day)
    kinds = [fact for fact in FACTS if isinstance(fact, InspectionKind)]
    return [kind for kind in kinds if may_be_in_force(framework_of(kind), started_on)]


def offered(day: str, code: str) -> InspectionKind:
    (kind,) = (kind for kind in kinds_offered(day) if kind.code == code)
    return kind


def judged(day: str, code: str) -> list[JudgementArea]:
    return areas_judged(offered(day, code), AREAS)


@pytest.mark.parametrize(
    ("record_type", "count"),
    [
        (RecordType.INSPECTORATE, 4),
        (RecordType.GRADE_SCALE, 7),
        (RecordType.STRAND, 15),
        (RecordType.FINDING_KIND, 7),
        (RecordType.TIMESCALE, 3),
        (RecordType.THEME, 28),
        (RecordType.FRAMEWORK, 20),
        (RecordType.INSPECTION_KIND, 46),
        (RecordType.JUDGEMENT_AREA, 65),
        (RecordType.EVENT_THEME, 10),
    ],
)
def test_every_framework_and_list_is_shipped(record_type, count):
    assert Counter(fact.record_type for fact in FACTS)[record_type] == count


def test_a_standard_inspection_of_may_2022_judges_care_and_leavers_together():
    labels = [area.label for area in judged("2022-05-09", "ilacs_standard")]
    assert labels == [
        "The impact of leaders on social work practice with children and families",
        "The experiences and progress of children who need help and protection",
        CARE_AND_LEAVERS,
        "Overall effectiveness",
    ]


def test_a_standard_inspection_of_january_2023_judges_care_leavers_on_their_own():
    labels = [area.label for area in judged("2023-01-16", "ilacs_standard")]
    assert len(labels) == 5
    assert labels[2:] == [IN_CARE, LEAVERS, "Overall effectiveness"]


def test_a_standard_inspection_of_april_2026_has_no_overall_effectiveness():
    areas = judged("2026-04-27", "ilacs_standard")
    assert [area.label for area in areas][2:] == [IN_CARE, LEAVERS]
    assert len(areas) == 4
    assert not any(area.is_headline for area in areas)


def test_the_inspection_of_november_2011_has_two_groups_and_grades_adequate():
    areas = judged("2011-11-28", "slac_full")
    groups = Counter(area.group_label for area in areas)
    assert groups == {"Safeguarding services": 10, "Services for looked after children": 12}
    assert sum(area.is_headline for area in areas) == 4
    scale_id = framework_of(offered("2011-11-28", "slac_full")).scale_id
    grades = [fact for fact in FACTS if isinstance(fact, Grade) and fact.scale_id == scale_id]
    assert [grade.label for grade in grades] == ["Outstanding", "Good", "Adequate", "Inadequate"]
    assert "requires_improvement" not in {grade.code for grade in grades}


@pytest.mark.parametrize(
    ("day", "code"),
    [("2021-07-13", "ilacs_focused_visit"), ("2018-07", "jtai_thematic"), ("2011-02", "cra_unannounced")],
)
def test_a_visit_without_grades_judges_no_area(day, code):
    assert judged(day, code) == []


@pytest.mark.parametrize(
    ("code", "left_out", "count"), [("sif_full", 0, 7), ("sif_reinspection", 1, 6), ("sif_lscb_only", 6, 1)]
)
def test_a_single_inspection_leaves_out_what_its_kind_does_not_judge(code, left_out, count):
    assert len(offered("2016-02-22", code).left_out_area_ids) == left_out
    assert len(judged("2016-02-22", code)) == count


def test_adoption_and_care_leavers_stand_below_children_looked_after():
    areas = judged("2016-02-22", "sif_full")
    below = {area.printed_number: area.label for area in areas if area.parent_id}
    assert below == {"2.1": "Adoption performance", "2.2": "Experiences and progress of care leavers"}


@pytest.mark.parametrize("day", ["2010-06-01", "2011-11-28", "2013-07-01", "2016-02-22", "2019-09-09", "2026-04-27"])
def test_no_two_kinds_offered_for_a_day_are_called_the_same(day):
    labels = Counter(kind.label for kind in kinds_offered(day))
    assert [label for label, count in labels.items() if count > 1] == []


def test_ids_are_unique_and_the_same_each_time():
    assert len({fact.id for fact in FACTS}) == len(FACTS)
    assert shipped() == FACTS
    standard = offered("2022-05-09", "ilacs_standard")
    assert standard.id == fact_id(RecordType.INSPECTION_KIND, "ILACS_2018", "ilacs_standard")


def test_every_fact_stands_after_those_that_it_refers_to():
    seen: set[str] = set()
    for fact in FACTS:
        for field in fields(fact):
            value = getattr(fact, field.name)
            if field.name.endswith("_id") and value is not None:
                assert value in seen, (fact, field.name)
            if field.name.endswith("_ids"):
                assert seen.issuperset(value), (fact, field.name)
        seen.add(fact.id)


def test_a_digest_changes_with_every_value_but_not_with_the_id():
    overall = AREAS[0]
    assert overall.shipped == digest(overall)
    assert digest(replace(overall, id="another", shipped=None)) == overall.shipped
    assert digest(replace(overall, label="Overall impact")) != overall.shipped
    assert digest(replace(overall, note="As printed.")) != overall.shipped
    assert digest(replace(overall, is_headline=False)) != overall.shipped


def test_a_digest_does_not_depend_on_the_order_of_links():
    framework = framework_of(offered("2018-07", "jtai_thematic"))
    assert digest(replace(framework, inspectorate_ids=framework.inspectorate_ids[::-1])) == framework.shipped


def test_each_grade_has_its_own_key_within_its_scale():
    for scale in (fact for fact in FACTS if isinstance(fact, GradeScale)):
        grades = [fact for fact in FACTS if isinstance(fact, Grade) and fact.scale_id == scale.id]
        keys = [grade.key for grade in grades]
        assert len(set(keys)) == len(keys)
        assert all(len(key) == 1 and key.isalpha() and key.isupper() and key not in "NK" for key in keys)
        assert {grade.tone for grade in grades} <= TONES
        assert len({grade.initials for grade in grades}) == len(grades)
        assert [grade.rank for grade in grades] == (
            list(range(1, len(grades) + 1)) if scale.is_ordered else [None] * len(grades)
        )


def test_areas_match_strands_exactly_closely_or_partly():
    assert {fact.match for fact in FACTS if isinstance(fact, AreaStrand)} == set(MATCHES)


def test_what_no_source_confirms_is_marked():
    unverified = {getattr(fact, "code", "") for fact in FACTS if not fact.is_verified}
    assert {"CRA_2009", "SLAC_2009", "CP_2012", "cp_help", "ilacs_leaders", "sccif_assurance"} <= unverified
    assert "ILACS_2023" not in unverified


def test_a_new_file_is_a_new_framework(tmp_path):
    copy = tmp_path / "resources"
    shutil.copytree(Path(resources.__file__).parent, copy)
    (copy / "frameworks" / "cfs_2027.toml").unlink()
    (copy / "frameworks" / "cfs_2028.toml").write_text(
        'code = "CFS_2028"\nname = "Children and families services"\nshort_name = "CFS"\n'
        "in_force = { from = 2028-01-01 }\nis_graded = true\n"
        'scale = "report_card5"\n[[areas]]\ncode = "cfs_help"\nlabel = "Help"\n'
        'strands = [{ code = "help_protection", match = "close" }]\n',
        encoding="utf-8",
    )
    codes = {fact.code: fact for fact in shipped(copy) if isinstance(fact, Framework)}
    assert len(codes) == 20
    assert codes["CFS_2028"].in_force_from == PartialDate(2028, 1, 1)
    assert {fact.id for fact in shipped(copy)} >= {fact_id(RecordType.JUDGEMENT_AREA, "CFS_2028", "cfs_help")}
