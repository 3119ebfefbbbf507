"""What filters leave of a timeline, providers side by side, the facts as a table, and two inspections compared."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

from db import timeline_compare, timeline_table
from db.improvement_records import Verdict
from db.records import AreaForImprovement, Inspection, Judgement
from db.timeline import Form, LaneForm
from db.timeline_parts import Named, only, side_by_side
from tests.db.test_timeline import (
    LISTS,
    TODAY,
    a_judgement,
    an_inspection,
    build,
    durham,  # noqa: F401  a fixture
    every,
    ilacs,
    lane,
)


def the_id(day):
    return next(one.id for one in every(Inspection) if one.started_on and one.started_on.iso == day)


def strand(label):
    return next(one.id for one in LISTS.strands.values() if one.label == label)


# --- filters ---------------------------------------------------------------------------------------


def test_a_filter_takes_away_and_works_nothing_out_anew(durham):  # noqa: F811
    kept = only(durham, inspection_ids={the_id("2016-02-22")})
    overall = lane(kept, "Overall effectiveness")
    assert [event.label for event in overall.events] == ["Requires improvement to be good"]
    assert [str(band.last) for band in overall.bands] == ["2019-09-08"]
    assert {event.inspection_id for event in kept.events} == {the_id("2016-02-22")}


def test_a_filter_by_strand_leaves_its_lane_and_its_break(durham):  # noqa: F811
    kept = only(durham, lane_key=strand("Leadership"))
    assert [one.label for one in kept.lanes] == ["Leadership"]
    assert kept.breaks[0].lane_keys == (strand("Leadership"),)
    assert only(durham, lane_key=strand("Adoption")).breaks == ()


def test_providers_stand_side_by_side_on_one_axis(durham):  # noqa: F811
    other = build(ilacs("x", "2021-05-10", leaders="I"))
    empty = build()
    found = [Named("d", "Durham", durham), Named("o", "Other", other), Named("e", "Empty", empty)]
    shown = side_by_side(found, strand("Leadership"))
    assert [(one.key, one.label) for one in shown.lanes] == [("d", "Durham"), ("o", "Other"), ("e", "Empty")]
    assert shown.lanes[1].events[0].sentence.startswith("Other: Leadership, Inadequate, 10 May 2021")
    assert shown.lanes[2].note == "nothing recorded"
    assert shown.breaks[0].lane_keys == ("d",)
    assert (shown.first, shown.last) == (durham.first, TODAY)
    for row in {one.row for one in shown.frameworks}:
        spans = [one for one in shown.frameworks if one.row == row]
        assert all(a.last < b.first for a, b in itertools.pairwise(spans))


# --- the table -------------------------------------------------------------------------------------


def test_the_table_says_what_the_picture_shows(durham):  # noqa: F811
    rows = timeline_table.rows(durham)
    told = {row.cells[5] for row in rows}
    assert {event.sentence for event in durham.events} <= told
    assert {change.words for change in durham.breaks} <= told
    assert {span.words for span in durham.frameworks} <= told
    assert "Scrutiny committee considers the focused visit of July 2021, date not known" in told
    good = next(row.cells for row in rows if row.cells[0] == "Help and protection" and row.cells[1] == "9 May 2022")
    assert good[2:5] == ("Good", "23 March 2025", "same subject")
    assert next(row.cells[3] for row in rows if row.cells[:2] == ("Leadership", "24 March 2025")) == "Still in force"


def test_copied_cells_break_no_row_and_are_no_formula():
    rows = [timeline_table.Row("", ("=1+1", "a\tb\nc", "", "", "", ""))]
    lines = timeline_table.as_text(rows).split("\n")
    assert lines == ["\t".join(timeline_table.COLUMNS), "'=1+1\ta b c\t\t\t\t"]


# --- two inspections -------------------------------------------------------------------------------


def compare(earlier, later):
    return {one.later_area or one.earlier_area: one for one in timeline_compare.judgements(LISTS, earlier, later)}


@pytest.mark.parametrize(
    ("before", "now", "movement"),
    [
        ("RI", "G", "up from Requires improvement to be good"),
        ("O", "I", "down from Outstanding"),
        ("G", "G", "the same"),
        ("not_judged", "G", "not comparable: no grade in one of them"),
    ],
)
def test_judgements_of_one_framework_are_compared_in_words(before, now, movement):
    (_, earlier), (_, later) = ilacs("a", "2018-05-14", leaders=before), ilacs("b", "2021-05-10", leaders=now)
    assert [one.movement for one in compare(earlier, later).values()] == [movement]


def test_another_scale_is_not_compared_and_both_leadership_grades_stand():
    earlier = an_inspection("a", "SLAC_2009", "slac_full", "2011-11-28")
    judged = [
        a_judgement(earlier, "SLAC_2009", "slac_sg_leadership", "O"),
        a_judgement(earlier, "SLAC_2009", "slac_lac_leadership", "A"),
    ]
    _, later = ilacs("b", "2018-05-14", leaders="G")
    (row,) = timeline_compare.judgements(LISTS, judged, later)
    assert (row.earlier, row.movement) == ("Outstanding and Adequate", "not comparable: other scale")


def test_a_close_match_is_named_and_what_has_no_counterpart_stays():
    sif = an_inspection("a", "SIF_2013", "sif_full", "2016-02-22")
    earlier = [
        a_judgement(sif, "SIF_2013", "sif_leadership", "RI"),
        a_judgement(sif, "SIF_2013", "sif_adoption", "G"),
    ]
    _, later = ilacs("b", "2019-09-09", leaders="G")
    rows = timeline_compare.judgements(LISTS, earlier, later)
    assert rows[0].movement == "up from Requires improvement to be good, close match"
    assert (rows[1].earlier, rows[1].later, rows[1].movement) == ("Good", "", timeline_compare.NO_COUNTERPART)


def test_what_recurs_is_what_shares_a_theme():
    theme = next(iter(LISTS.themes.values()))
    kind = next(iter(LISTS.finding_kinds))
    base = AreaForImprovement(id="1", inspection_id="a", text="Plans for care leavers.", finding_kind_id=kind)
    again = replace(base, id="2", text="Pathway plans.", theme_ids=(theme.id,))
    rows = timeline_compare.areas(
        LISTS, [replace(base, theme_ids=(theme.id,)), replace(base, id="3", text="X")], [again]
    )
    assert [(one.earlier, one.later, one.themes) for one in rows] == [
        ("Plans for care leavers.", "Pathway plans.", theme.name),
        ("X", "", ""),
    ]


def test_what_the_later_inspection_said_stands_beside_what_was_asked():
    def of(day):
        return [one for one in every(AreaForImprovement) if one.inspection_id == the_id(day)]

    said = [one for one in every(Verdict) if one.inspection_id == the_id("2022-05-09")]
    rows = timeline_compare.areas(LISTS, of("2019-09-09"), of("2022-05-09"), said)
    by_later = {one.later[:14]: one for one in rows if one.later}
    disabled = by_later["Sufficiency of"]
    assert disabled.earlier.startswith("The response to disabled children, children in private fostering")
    assert disabled.themes == "disabled children"
    assert "Raised again" in disabled.said
    assert by_later["Pathway assess"].said.count("\n") == by_later["Pathway assess"].earlier.count("\n") == 1
    assert by_later["The response t"].earlier == ""
    assert [one.said for one in rows if one.earlier.startswith("The timeliness of foster carers")] == ["Not mentioned"]
    bare = timeline_compare.areas(LISTS, of("2019-09-09"), of("2022-05-09"))
    assert {one.said for one in bare} == {""}


def test_a_verdict_links_what_shares_no_theme():
    kind = next(iter(LISTS.finding_kinds))
    before = AreaForImprovement(id="1", inspection_id="a", text="Private fostering.", finding_kind_id=kind)
    again = replace(before, id="2", text="Children who live with others.")
    said = Verdict(id="v", area_for_improvement_id="1", inspection_id="b", verdict="raised_again", later_area_id="2")
    assert timeline_compare.areas(LISTS, [before], [again], [said]) == [
        timeline_compare.Beside("Private fostering.", "Children who live with others.", "", "Raised again")
    ]
    assert len(timeline_compare.areas(LISTS, [before], [again])) == 2


def test_durham_2019_to_2022_moves_as_published():
    def of(day) -> list[Judgement]:
        return [one for one in every(Judgement) if one.inspection_id == the_id(day)]

    found = [
        (one.later, one.movement) for one in timeline_compare.judgements(LISTS, of("2019-09-09"), of("2022-05-09"))
    ]
    assert found == [
        ("Outstanding", "up from Requires improvement to be good"),
        ("Good", "up from Requires improvement to be good"),
        ("Good", "the same"),
        ("Good", "up from Requires improvement to be good"),
    ]
    across = timeline_compare.judgements(LISTS, of("2011-11-28"), of("2016-02-22"))
    assert {one.movement for one in across} <= {timeline_compare.OTHER_SCALE, timeline_compare.NO_COUNTERPART}


def test_matches_differ_in_sentence(durham):  # noqa: F811
    by_match = {event.match: event.sentence for event in durham.events if event.form is Form.GRADE}
    assert "partly comparable: " in by_match["partial"]
    assert "close match: " in by_match["close"]
    assert "match" not in by_match["exact"]
    assert date(2011, 11, 28) in {
        event.first for one in durham.lanes if one.form is LaneForm.STRAND for event in one.events
    }
