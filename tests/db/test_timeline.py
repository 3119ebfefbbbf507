"""The timeline's rules: what stands on which lane, for how long, and what it is said to be."""

from datetime import date
from itertools import pairwise
from typing import get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import sample, timeline
from db.catalogue import shipped
from db.dates import PartialDate
from db.lists import Lists
from db.records import AreaForImprovement, Inspection, Judgement, Provider
from db.store import Store
from db.timeline import Form, LaneForm

TODAY = date(2026, 11, 21)
DURHAM = Provider(id="durham", name="Durham County Council")
FACTS = tuple(shipped())
RECORDS = tuple(record for _, edit in sample.edits(FACTS) for record in edit.after)


def by_id(fact_class):
    return {fact.id: fact for fact in FACTS if isinstance(fact, fact_class)}


PROVIDERS = {one.id: one for one in (DURHAM, *RECORDS) if isinstance(one, Provider)}
FACT_LISTS = {name: get_args(kind) for name, kind in get_type_hints(Lists).items() if get_origin(kind) is dict}
LISTS = Lists(
    **{name: by_id(fact_class) for name, (_, fact_class) in FACT_LISTS.items() if fact_class is not Provider},
    providers=PROVIDERS,
)
FRAMEWORKS = {framework.code: framework for framework in LISTS.frameworks.values()}


def every(record_class):
    return [record for record in RECORDS if isinstance(record, record_class)]


def the_kind(framework, code):
    key = FRAMEWORKS[framework].id
    return next(one for one in LISTS.kinds.values() if (one.framework_id, one.code) == (key, code))


def the_area(framework, code):
    key = FRAMEWORKS[framework].id
    return next(one for one in LISTS.areas.values() if (one.framework_id, one.code) == (key, code))


def the_grade(area, initials):
    scale_id = area.scale_id or LISTS.frameworks[area.framework_id].scale_id
    return next(one for one in LISTS.grades.values() if (one.scale_id, one.initials) == (scale_id, initials))


def an_inspection(key, framework, kind, started, **more):
    started_on = PartialDate.from_iso(started) if started else None
    kind_id = the_kind(framework, kind).id
    return Inspection(id=key, provider_id=DURHAM.id, kind_id=kind_id, started_on=started_on, **more)


def a_judgement(inspection, framework, area, value):
    found = the_area(framework, area)
    key = f"{inspection.id} {area}"
    if value in ("not_judged", "not_known"):
        return Judgement(id=key, inspection_id=inspection.id, area_id=found.id, special=value)
    return Judgement(id=key, inspection_id=inspection.id, area_id=found.id, grade_id=the_grade(found, value).id)


def ilacs(key, started, framework="ILACS_2018", **grades):
    """An ILACS inspection with its judgements: leaders="O", help_protection="G"."""
    inspection = an_inspection(key, framework, "ilacs_standard", started)
    return inspection, [a_judgement(inspection, framework, f"ilacs_{area}", value) for area, value in grades.items()]


def build(*inspected, counts=None, today=TODAY):
    inspections = [inspection for inspection, _ in inspected]
    judgements = [judgement for _, judged in inspected for judgement in judged]
    return timeline.build(LISTS, inspections, judgements, counts or {}, today)


def lane(shown, label):
    return next(one for one in shown.lanes if one.label == label)


def told(shown, label):
    return [event.sentence for event in lane(shown, label).events]


@pytest.fixture(scope="module")
def durham():
    counts = {}
    for area in every(AreaForImprovement):
        kinds = counts.setdefault(area.inspection_id, {})
        kinds[area.finding_kind_id] = kinds.get(area.finding_kind_id, 0) + 1
    return timeline.build(LISTS, every(Inspection), every(Judgement), counts, TODAY)


# --- the sample -----------------------------------------------------------------------------------

STRAND_LABELS = ("Overall effectiveness", "Help and protection", "Children in care", "Care leavers", "Leadership")
OUT, GOOD, RI = "Outstanding", "Good", "Requires improvement to be good"
TOGETHER = "judged with children in care"
NONE = ("",) * 5
AT_A_GLANCE = [
    # first day, last day, framework, kind; overall, help and protection, in care, leavers, leaders; published, lead
    ("February 2011", "", "CRA_2009", "cra_unannounced", *NONE, "", ""),
    (
        *("28 November 2011", "13 December 2011", "SLAC_2009", "slac_full"),
        *("four headlines, no overall", OUT, GOOD, TOGETHER, f"{OUT}, {OUT}", "", ""),
    ),
    (
        *("22 February 2016", "18 March 2016", "SIF_2013", "sif_full"),
        *(RI, RI, RI, GOOD, RI, "16 May 2016", "Fiona Millns"),
    ),
    ("July 2018", "", "JTAI_2016", "jtai_thematic", *NONE, "", ""),
    ("January 2019", "", "ILACS_2018", "ilacs_focused_visit", *NONE, "", ""),
    (
        *("9 September 2019", "20 September 2019", "ILACS_2018", "ilacs_standard"),
        *(RI, RI, GOOD, TOGETHER, RI, "21 October 2019", "Rachel Holden"),
    ),
    ("13 July 2021", "14 July 2021", "ILACS_2018", "ilacs_focused_visit", *NONE, "23 August 2021", ""),
    (
        *("9 May 2022", "20 May 2022", "ILACS_2018", "ilacs_standard"),
        *(GOOD, GOOD, GOOD, TOGETHER, OUT, "5 July 2022", "Louise Hollick"),
    ),
    (
        *("24 March 2025", "28 March 2025", "ILACS_2023", "ilacs_short"),
        *(OUT, GOOD, OUT, OUT, OUT, "13 May 2025", "Ceri Evans"),
    ),
]
ONLY_THEN = {"22 February 2016": {"Adoption": GOOD, "Local Safeguarding Children Board": GOOD}}
FOUND_THEN = {  # how many areas for improvement of which kind
    "22 February 2016": {"recommendation": 18},
    "July 2018": {"priority_action": 1},
    "9 September 2019": {"area_for_improvement": 6},
    "13 July 2021": {"priority_action": 1, "area_for_improvement": 2},
    "9 May 2022": {"area_for_improvement": 3},
}


def inspected_then(when):
    (found,) = (one for one in OURS if str(one.started_on) == when)
    return found


OURS = [one for one in every(Inspection) if LISTS.framework_of(one.kind_id).is_inspection]


@pytest.mark.parametrize("row", AT_A_GLANCE, ids=lambda row: row[0])
def test_durham_says_exactly_the_table_at_a_glance(durham, row):
    when, until, framework, kind, *cells, published, lead = row
    inspection = inspected_then(when)
    wanted = dict(zip(STRAND_LABELS, cells, strict=True)) | ONLY_THEN.get(when, {})
    found = {
        one.label: ", ".join(event.label for event in one.events if event.inspection_id == inspection.id)
        for one in durham.lanes
        if one.form is LaneForm.STRAND
    }
    assert {label: cell for label, cell in found.items() if cell} == {key: cell for key, cell in wanted.items() if cell}
    assert inspection.kind_id == the_kind(framework, kind).id
    assert str(inspection.ended_on or "") == until
    assert str(inspection.published_on or "") == published
    assert inspection.lead_inspector == lead


def test_durham_has_the_nine_inspections_of_the_table_and_no_other(durham):
    assert sorted(str(one.started_on) for one in OURS) == sorted(row[0] for row in AT_A_GLANCE)
    graded = {event.inspection_id for one in durham.lanes for event in one.events if event.form is Form.GRADE}
    assert graded == {inspected_then(row[0]).id for row in AT_A_GLANCE if row[8]}
    assert all(event.form is not Form.SPECIAL for event in durham.events)


def test_durhams_four_headlines_of_2011_stand_apart_and_are_never_made_into_one():
    inspection = inspected_then("28 November 2011")
    judged = {one.area_id: one.grade_id for one in every(Judgement) if one.inspection_id == inspection.id}
    headlines = [
        (area.group_label, area.label, LISTS.grades[judged[area.id]].initials)
        for area in LISTS.areas_of(inspection.kind_id)
        if area.is_headline
    ]
    assert headlines == [
        ("Safeguarding services", "Overall effectiveness", "O"),
        ("Safeguarding services", "Capacity for improvement", "O"),
        ("Services for looked after children", "Overall effectiveness", "G"),
        ("Services for looked after children", "Capacity for improvement", "O"),
    ]
    assert len(judged) == 22


def test_durhams_areas_for_improvement_are_those_of_the_table():
    codes = {one.id: one.code for one in LISTS.finding_kinds.values()}
    found = {}
    for area in every(AreaForImprovement):
        counts = found.setdefault(area.inspection_id, {})
        counts[codes[area.finding_kind_id]] = counts.get(codes[area.finding_kind_id], 0) + 1
    assert found == {inspected_then(when).id: counts for when, counts in FOUND_THEN.items()}
    board = [one for one in every(AreaForImprovement) if one.audience == "lscb"]
    assert {one.inspection_id for one in board} == {inspected_then("22 February 2016").id}
    assert len(board) == 4


def test_durhams_visits_stand_without_grades_and_tell_priority_action(durham):
    assert [(event.label, str(event.on), event.is_grave) for event in lane(durham, "Visits without grades").events] == [
        ("Unannounced inspection", "February 2011", False),
        ("JTAI", "July 2018", True),
        ("Focused visit", "January 2019", False),
        ("Focused visit", "13 July 2021", True),
    ]
    assert "1 area for priority action, 2 areas for improvement" in told(durham, "Visits without grades")[-1]


def test_durhams_other_lanes(durham):
    assert [one.label for one in durham.lanes] == [
        *STRAND_LABELS,
        "Adoption",
        "Local Safeguarding Children Board",
        "Visits without grades",
        "Areas for improvement",
        "Other events",
    ]
    assert [event.label for event in lane(durham, "Adoption").events] == ["Good"]
    assert [event.label for event in lane(durham, "Local Safeguarding Children Board").events] == ["Good"]
    assert [event.mark for event in lane(durham, "Areas for improvement").events] == ["18", "1", "6", "3", "3"]
    assert len(lane(durham, "Other events").events) == 5
    assert [one.label for one in durham.undated] == ["Scrutiny committee considers the focused visit of July 2021"]
    assert durham.inspection_count == 9
    assert durham.years == (2011, 2025)


def test_durham_breaks_in_november_2013_and_shows_its_frameworks(durham):
    (change,) = durham.breaks
    assert change.on == date(2013, 11, 1)
    assert change.label == "scale changes here"
    assert [(one.label, one.first.year, one.last.year) for one in durham.frameworks] == [
        ("Safeguarding and looked after children", 2009, 2012),
        ("Single inspection (SIF)", 2013, 2017),
        ("ILACS from 2018", 2018, 2022),
        ("ILACS from 2023", 2023, 2026),
        ("ILACS from 2026", 2026, 9999),
    ]
    assert {one.row for one in durham.frameworks} == {0}


@pytest.mark.parametrize(
    ("label", "bands"),
    [
        (
            "Overall effectiveness",
            [
                ("four headlines, no overall", "2011-11-28", "2013-10-31"),
                (RI, "2016-02-22", "2019-09-08"),
                (RI, "2019-09-09", "2022-05-08"),
                (GOOD, "2022-05-09", "2025-03-23"),
                (OUT, "2025-03-24", "2026-03-31"),
                ("no overall since April 2026", "2026-04-01", "2026-11-21"),
            ],
        ),
        (
            "Care leavers",
            [
                (TOGETHER, "2011-11-28", "2013-10-31"),
                (GOOD, "2016-02-22", "2019-09-08"),
                (TOGETHER, "2019-09-09", "2022-05-08"),
                (TOGETHER, "2022-05-09", "2025-03-23"),
                (OUT, "2025-03-24", "2026-11-21"),
            ],
        ),
        ("Adoption", [(GOOD, "2016-02-22", "2018-08-31")]),
    ],
)
def test_a_grade_is_in_force_to_the_next_one_a_break_the_end_of_its_rules_or_today(durham, label, bands):
    found = [(band.label, band.first.isoformat(), band.last.isoformat()) for band in lane(durham, label).bands]
    assert found == bands


def test_the_sentences_say_how_a_grade_moved(durham):
    assert told(durham, "Overall effectiveness") == [
        "Overall effectiveness, not given, 28 November 2011, four headlines, no overall",
        "Overall effectiveness, Requires improvement to be good, 22 February 2016",
        "Overall effectiveness, Requires improvement to be good, 9 September 2019, the same as in 2016",
        "Overall effectiveness, Good, 9 May 2022, up from Requires improvement to be good",
        "Overall effectiveness, Outstanding, 24 March 2025, up from Good",
    ]
    assert "not comparable with Outstanding in 2011: other scale" in told(durham, "Leadership")[2]
    assert told(durham, "Leadership")[0].endswith("in Safeguarding services")
    assert told(durham, "Leadership")[1].endswith("in Services for looked after children")
    assert "one grade together with Care leavers" in told(durham, "Children in care")[2]
    leavers = told(durham, "Care leavers")
    assert leavers[2].startswith(
        "Care leavers, judged with children in care, 9 September 2019, one grade for both, Good"
    )
    assert leavers[4] == "Care leavers, Outstanding, 24 March 2025, in 2022 judged with children in care"


def test_reading_the_sample_from_a_file_gives_the_same(tmp_path, durham):
    store = Store.create(tmp_path / "durham.sqlite")
    try:
        for label, edit in sample.edits(FACTS):
            store.apply(edit, label)
        (provider,) = store.each(Provider)
        seen: list[str] = []
        lists = Lists.read(store)
        store.connection.raw.set_trace_callback(seen.append)
        found = timeline.read(store, provider.id, TODAY, lists)
        store.connection.raw.set_trace_callback(None)
    finally:
        store.close()
    assert [[event.sentence for event in one.events] for one in found.lanes] == [
        [event.sentence for event in one.events] for one in durham.lanes
    ]
    assert len(seen) == 4


# --- the rules, with records made by hand ----------------------------------------------------------


def test_nothing_is_an_empty_timeline():
    shown = build()
    assert shown.is_empty
    assert (shown.lanes, shown.frameworks, shown.breaks) == ((), (), ())


def test_two_leadership_grades_stand_side_by_side_and_are_never_made_into_one():
    inspection = an_inspection("2010", "SLAC_2009", "slac_full", "2010-05-10")
    judged = [
        a_judgement(inspection, "SLAC_2009", "slac_sg_leadership", "O"),
        a_judgement(inspection, "SLAC_2009", "slac_lac_leadership", "A"),
    ]
    later = an_inspection("2012", "CP_2012", "cp_full", "2012-09-10")
    shown = build((inspection, judged), (later, [a_judgement(later, "CP_2012", "cp_leadership", "G")]))
    found = lane(shown, "Leadership")
    assert [event.mark for event in found.events] == ["O", "A", "G"]
    assert [(band.label, band.tone) for band in found.bands] == [
        ("Outstanding and Adequate", "plain"),
        ("Good", "good"),
    ]
    assert ", after Outstanding and Adequate in 2010," in found.events[2].sentence


def test_adequate_and_requires_improvement_share_neither_mark_nor_name_nor_colours():
    before = an_inspection("2013", "LAC_2013", "lac2013_full", "2013-06-10")
    after = an_inspection("2014", "SIF_2013", "sif_full", "2014-06-10")
    shown = build(
        (before, [a_judgement(before, "LAC_2013", "lac13_leadership", "A")]),
        (after, [a_judgement(after, "SIF_2013", "sif_leadership", "RI")]),
    )
    adequate, requires = lane(shown, "Leadership").events
    assert (adequate.mark, requires.mark) == ("A", "RI")
    assert adequate.tone != requires.tone
    assert "not comparable with Adequate in 2013: other scale" in requires.sentence
    assert lane(shown, "Leadership").bands[0].last == date(2013, 10, 31)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ("G", "O", "up from Good"),
        ("O", "I", "down from Outstanding"),
        ("G", "G", "the same as in 2018"),
        ("not_judged", "G", "in 2018 not judged"),
    ],
)
def test_a_movement_is_told_within_one_scale(before, now, words):
    shown = build(ilacs("a", "2018-05-14", leaders=before), ilacs("b", "2021-05-10", leaders=now))
    assert told(shown, "Leadership")[1].split(", ", 3)[3] == words


@pytest.mark.parametrize(("special", "label"), [("not_judged", "Not judged"), ("not_known", "Not known")])
def test_not_judged_and_not_known_are_values_that_end_a_grade(special, label):
    shown = build(ilacs("a", "2018-05-14", leaders="G"), ilacs("b", "2021-05-10", leaders=special))
    found = lane(shown, "Leadership")
    assert [(event.form, event.label) for event in found.events] == [(Form.GRADE, "Good"), (Form.SPECIAL, label)]
    assert [(band.label, band.last) for band in found.bands] == [("Good", date(2021, 5, 9)), (label, TODAY)]


def test_one_grade_for_two_strands_is_drawn_once():
    shown = build(ilacs("a", "2019-09-09", care_and_leavers="G"))
    assert [event.form for event in lane(shown, "Children in care").events] == [Form.GRADE]
    assert [(event.form, event.grade) for event in lane(shown, "Care leavers").events] == [(Form.SHARED, None)]
    assert lane(shown, "Children in care").events[0].match == "close"


def test_looked_after_overall_of_2013_is_drawn_on_children_in_care_as_partial():
    inspection = an_inspection("2013", "LAC_2013", "lac2013_full", "2013-06-10")
    shown = build((inspection, [a_judgement(inspection, "LAC_2013", "lac13_overall", "A")]))
    assert [(event.mark, event.match) for event in lane(shown, "Children in care").events] == [("A", "partial")]
    assert [event.label for event in lane(shown, "Care leavers").events] == [TOGETHER]
    assert [event.label for event in lane(shown, "Overall effectiveness").events] == ["two headlines, no overall"]


def test_from_april_2026_there_is_no_overall_and_the_lane_says_so():
    shown = build(
        ilacs("a", "2025-03-24", "ILACS_2023", overall="O", leaders="O"),
        ilacs("b", "2026-06-08", "ILACS_2026", leaders="G"),
    )
    overall = lane(shown, "Overall effectiveness")
    assert overall.note == "no overall since April 2026"
    assert [event.label for event in overall.events] == ["Outstanding", "four judgements, no overall"]
    assert overall.bands[0].last == date(2026, 3, 31)
    assert told(shown, "Leadership")[1].endswith("down from Outstanding")


def test_before_april_2026_nothing_is_said_of_an_end():
    shown = build(ilacs("a", "2025-03-24", "ILACS_2023", overall="O"), today=date(2025, 11, 1))
    overall = lane(shown, "Overall effectiveness")
    assert overall.note == ""
    assert [band.last for band in overall.bands] == [date(2025, 11, 1)]


def test_adoption_and_lscb_have_lanes_only_with_something_in_them():
    shown = build(ilacs("a", "2019-09-09", leaders="G"))
    assert [one.label for one in shown.lanes] == list(STRAND_LABELS)


def test_a_visit_alone_needs_no_empty_lanes_unless_its_framework_grades_them():
    kind = next(one for one in LISTS.kinds.values() if one.framework_id == FRAMEWORKS["JTAI_2016"].id)
    jtai = Inspection(id="j", provider_id="durham", kind_id=kind.id, started_on=PartialDate(2018, 7))
    assert [one.form for one in build((jtai, [])).lanes] == [LaneForm.VISITS]
    focused = an_inspection("f", "ILACS_2018", "ilacs_focused_visit", "2019-01")
    assert [one.label for one in build((focused, [])).lanes] == [*STRAND_LABELS, "Visits without grades"]


def test_a_graded_inspection_without_grades_yet_is_not_lost():
    shown = build(ilacs("a", "2026-10-05", "ILACS_2026"))
    (event,) = lane(shown, "Visits without grades").events
    assert (event.form, event.label) == (Form.OPEN, "no grades entered yet")


def test_an_area_with_no_lane_draws_nothing():
    inspection = an_inspection("2010", "SLAC_2009", "slac_full", "2010-05-10")
    shown = build((inspection, [a_judgement(inspection, "SLAC_2009", "slac_sg_capacity", "O")]))
    assert [event.form for one in shown.lanes for event in one.events] == [Form.ABSENT, Form.OPEN]


def test_a_strand_off_the_timeline_is_shown_once_it_was_judged():
    areas = [one for one in LISTS.areas.values() if one.framework_id == FRAMEWORKS["YJ_2018"].id and one.is_lane]
    kind = next(one for one in LISTS.kinds.values() if one.framework_id == FRAMEWORKS["YJ_2018"].id and one.is_graded)
    inspection = Inspection(id="yj", provider_id="durham", kind_id=kind.id, started_on=PartialDate(2022, 8))
    judged = [
        Judgement(id=area.id, inspection_id="yj", area_id=area.id, grade_id=the_grade(area, "RI").id) for area in areas
    ]
    shown = build((inspection, judged))
    assert [one.label for one in shown.lanes] == ["Youth justice"]
    assert len(shown.lanes[0].events) == len(areas)


def test_an_inspection_known_only_by_its_end_or_publication_is_drawn_there_and_says_so():
    ended = an_inspection("a", "ILACS_2018", "ilacs_focused_visit", "", ended_on=PartialDate(2019, 1, 17))
    printed = an_inspection("b", "ILACS_2018", "ilacs_focused_visit", "", published_on=PartialDate(2020, 2))
    sentences = told(build((ended, []), (printed, [])), "Visits without grades")
    assert "ended 17 January 2019" in sentences[0]
    assert "published February 2020" in sentences[1]


def test_strengths_are_not_counted_among_areas_for_improvement():
    strength = next(one.id for one in LISTS.finding_kinds.values() if one.weight == 0)
    focused = an_inspection("f", "ILACS_2018", "ilacs_focused_visit", "2019-01")
    assert [one.form for one in build((focused, []), counts={"f": {strength: 2}}).lanes][-1] is LaneForm.VISITS


def test_a_percent_sign_in_a_title_is_only_a_letter():
    kind = the_kind("OTHER_EVENTS", "other")
    event = Inspection(id="o", provider_id="durham", kind_id=kind.id, title="100%s plan", started_on=PartialDate(2020))
    assert told(build((event, [])), "Other events") == ["100%s plan, Other event, 2020"]


def test_a_planned_inspection_has_no_band_yet():
    shown = build(ilacs("a", "2027-03-01", "ILACS_2026", leaders="G"))
    assert lane(shown, "Leadership").bands == ()
    assert shown.last == date(2027, 3, 1)


DATES = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(1900, 2199)),
    st.builds(PartialDate, st.integers(2005, 2030), st.integers(1, 12)),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(lambda day: PartialDate(day.year, day.month, day.day)),
)
GRADED = [one for one in LISTS.kinds.values() if LISTS.areas_of(one.id)]


@st.composite
def inspected(draw):
    kind = draw(st.sampled_from(GRADED))
    key = str(draw(st.uuids()))
    inspection = Inspection(
        id=key, provider_id="durham", kind_id=kind.id, started_on=draw(DATES), published_on=draw(DATES)
    )
    judged = []
    for area in LISTS.areas_of(kind.id):
        grades = LISTS.grades_of(area)
        if draw(st.booleans()):
            grade = draw(st.sampled_from(grades)) if grades and draw(st.booleans()) else None
            special = None if grade else draw(st.sampled_from(["not_judged", "not_known", None]))
            judged.append(
                Judgement(
                    id=f"{key} {area.id}",
                    inspection_id=key,
                    area_id=area.id,
                    grade_id=grade.id if grade else None,
                    special=special,
                    grade_as_printed="" if grade or special else "satisfactory",
                )
            )
    return inspection, judged


@settings(max_examples=60, deadline=None)
@given(st.lists(inspected(), max_size=6), st.dates(date(2009, 1, 1), date(2031, 1, 1)))
def test_no_two_bands_share_a_day_and_nothing_is_lost(found, today):
    shown = build(*found, today=today)
    for one in shown.lanes:
        assert list(one.events) == sorted(one.events, key=lambda event: event.first)
        for band, following in pairwise(one.bands):
            assert band.last < following.first
        assert all(shown.first <= band.first <= band.last <= today for band in one.bands)
        assert all(shown.first <= event.first and event.last <= shown.last for event in one.events)
    drawn = {event.inspection_id for event in shown.events} | {one.inspection_id for one in shown.undated}
    assert drawn == {inspection.id for inspection, _ in found}
