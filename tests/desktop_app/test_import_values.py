"""Cells to values: dates in every British form, grades in any wording, councils and kinds by whatever name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.dates import PartialDate
from db.frameworks import InspectionKind
from db.lists import Lists
from db.records import Provider, new_id
from db.store import Store
from desktop_app.exchange import import_dates
from desktop_app.exchange.import_areas import Areas
from desktop_app.exchange.import_cells import Broken
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_fields import rules
from desktop_app.exchange.import_grades import GradeReader
from desktop_app.exchange.import_kinds import Kinds
from desktop_app.exchange.import_names import Providers, in_capitals
from desktop_app.exchange.import_values import Values


@pytest.fixture(scope="module")
def lists(new_file: Path) -> Iterator[Lists]:
    store = Store.open(new_file, is_read_only=True)
    yield Lists.read(store)
    store.close()


def day(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


def kind_of(lists: Lists, code: str, framework: str) -> InspectionKind:
    return next(
        one for one in lists.kinds.values() if (one.code, lists.frameworks[one.framework_id].code) == (code, framework)
    )


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        (date(2022, 5, 9), "2022-05-09"),
        (44690, "2022-05-09"),
        (44690.75, "2022-05-09"),
        (20220509, "2022-05-09"),
        (2022, "2022"),
        ("44690", "2022-05-09"),
        ("9 May 2022", "2022-05-09"),
        ("9th May 2022", "2022-05-09"),
        ("Monday 9 May 2022", "2022-05-09"),
        ("Mon, 9 May 2022", "2022-05-09"),
        ("May 9, 2022", "2022-05-09"),
        ("09/05/22", "2022-05-09"),
        ("9.5.2022", "2022-05-09"),
        ("9-5-2022", "2022-05-09"),
        ("9-May-22", "2022-05-09"),
        ("2022-05-09", "2022-05-09"),
        ("2022-05-09T00:00:00", "2022-05-09"),
        ("09/05/2022 00:00", "2022-05-09"),
        ("13/05/25", "2025-05-13"),
        ("01/02/2022", "2022-02-01"),
        ("May 2022", "2022-05"),
        ("May-22", "2022-05"),
        ("07/2018", "2018-07"),
        ("2011", "2011"),
        ("w/c 9 May 2022", "2022-05-09"),
    ],
)
def test_a_day_is_read_with_the_day_before_the_month(cell: Any, iso: str) -> None:
    assert import_dates.days(cell).first == day(iso)


@pytest.mark.parametrize(
    ("cell", "isos"),
    [
        ("9-20 May 2022", ["2022-05-09", "2022-05-20"]),
        ("9 – 20 May 22", ["2022-05-09", "2022-05-20"]),
        ("9 May to 20 May 2022", ["2022-05-09", "2022-05-20"]),
        ("09/05/2022 - 20/05/2022", ["2022-05-09", "2022-05-20"]),
        ("28 November to 13 December 2011", ["2011-11-28", "2011-12-13"]),
        ("29 December to 9 January 2015", ["2014-12-29", "2015-01-09"]),
        (
            "5-9 December 2022 and 14-15 February 2023",
            ["2022-12-05", "2022-12-09", "2023-02-14", "2023-02-15"],
        ),
    ],
)
def test_a_cell_may_hold_a_period_or_two(cell: str, isos: list[str]) -> None:
    found = import_dates.days(cell)
    ends = [found.first, found.last, found.second_first, found.second_last]
    assert [end.iso for end in ends if end] == isos
    with pytest.raises(Doubt, match="more than one day"):
        import_dates.day(cell)


def test_of_a_week_only_its_beginning_is_known_and_its_wording_is_kept() -> None:
    found = import_dates.days("w/c 9 May 2022")
    assert (found.last, found.printed) == (None, "w/c 9 May 2022")


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("05/13/2022", "only if the month stands first. Enter the day first, like 13/05/2022"),
        ("31/02/2022", "“31/02/2022” is no date"),
        ("9 May", "“9 May” has no year"),
        ("01/02/71", "two centuries"),
        ("20 May - 9 May 2022", "ends before it begins"),
        ("9 Setpember 2022", "is no date"),
        ("Summer 2018", "is no date"),
        ("1, 2, 3 May 2012 and 4 June 2013 and 5 July 2014", "more than two periods"),
        ("x" * 500, "is no date"),
        (12.5, "is no date"),
        (True, "is no date"),
        (Broken("#REF!", "This is an error of the spreadsheet."), "error of the spreadsheet"),
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_named(cell: Any, sentence: str) -> None:
    with pytest.raises(Doubt) as doubt:
        import_dates.days(cell)
    assert sentence in str(doubt.value)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Good", "good"),
        (" GOOD. ", "good"),
        ("RI", "requires_improvement"),
        ("R.I.", "requires_improvement"),
        ("Requires Improvement", "requires_improvement"),
        ("requires improvement to be good", "requires_improvement"),
        ("Reqs imp", "requires_improvement"),
        ("Req. Imp.", "requires_improvement"),
        ("Inad", "inadequate"),
        ("Outstndg", "outstanding"),
        ("O", "outstanding"),
        (2, "good"),
        ("Grade 2", "good"),
        ("Good (2)", "good"),
        ("4.0", "inadequate"),
    ],
)
def test_a_grade_is_read_in_any_wording_of_its_scale(lists: Lists, cell: Any, code: str) -> None:
    area = Areas(lists).of_column(kind_of(lists, "ilacs_short", "ILACS_2023"), "judged:overall", "overall")
    reader = GradeReader()
    assert lists.grades[reader.read(cell, lists.grades_of(area))].code == code
    is_number = any(letter.isdigit() for letter in str(cell)) and "Good" not in str(cell)
    assert bool(reader.numbered) is is_number


@pytest.mark.parametrize(
    "cell", ["Goood", "Adequate", "in", "5", "Good (3)", "Good/RI", "Exceptional", "e", "<b>Good</b>!"]
)
def test_what_is_no_grade_of_the_scale_is_named_with_those_that_are(lists: Lists, cell: str) -> None:
    area = Areas(lists).of_column(kind_of(lists, "ilacs_short", "ILACS_2023"), "judged:overall", "overall")
    with pytest.raises(Doubt, match="Enter Outstanding, Good, Requires improvement to be good or Inadequate"):
        GradeReader().read(cell, lists.grades_of(area))


def test_not_judged_and_not_known_are_values_of_their_own(lists: Lists) -> None:
    reader = GradeReader()
    assert [reader.read(cell, []) for cell in ("Not judged", "not graded", "Not known", "TBC")] == [
        "not_judged",
        "not_judged",
        "not_known",
        "not_known",
    ]


def test_the_scale_is_that_of_the_framework_so_adequate_is_a_grade_of_2012_only(lists: Lists) -> None:
    areas, reader = Areas(lists), GradeReader()
    old = areas.of_column(kind_of(lists, "cp_full", "CP_2012"), "area:cp_overall", "overall")
    assert lists.grades[reader.read("Adequate", lists.grades_of(old))].code == "adequate"
    assert lists.grades[reader.read(3, lists.grades_of(old))].code == "adequate"


@pytest.mark.parametrize(
    ("kind", "framework", "key", "code"),
    [
        ("ilacs_standard", "ILACS_2023", "judged:care_leavers", "ilacs_care_leavers"),
        ("ilacs_standard", "ILACS_2018", "judged:children_in_care", "ilacs_care_and_leavers"),
        ("ilacs_standard", "ILACS_2018", "judged:care_leavers", "ilacs_care_and_leavers"),
        ("ilacs_standard", "ILACS_2018", "judged:in_care_and_leavers", "ilacs_care_and_leavers"),
        ("sif_full", "SIF_2013", "judged:care_leavers", "sif_care_leavers"),
        ("sif_full", "SIF_2013", "judged:adoption", "sif_adoption"),
        ("sif_full", "SIF_2013", "judged:leadership", "sif_leadership"),
    ],
)
def test_a_strand_is_the_area_that_the_framework_judges(
    lists: Lists, kind: str, framework: str, key: str, code: str
) -> None:
    assert Areas(lists).of_column(kind_of(lists, kind, framework), key, "it").code == code


@pytest.mark.parametrize(
    ("kind", "framework", "key", "sentence"),
    [
        ("ilacs_standard", "ILACS_2026", "judged:overall", "ILACS standard inspection has no judgement"),
        ("ilacs_standard", "ILACS_2023", "judged:in_care_and_leavers", "has no judgement"),
        ("slac_full", "SLAC_2009", "judged:leadership", "has 2 judgements of this subject"),
        ("ilacs_focused_visit", "ILACS_2018", "judged:overall", "has no grades"),
    ],
)
def test_a_judgement_that_a_framework_lacks_or_has_twice_is_named(
    lists: Lists, kind: str, framework: str, key: str, sentence: str
) -> None:
    with pytest.raises(Doubt, match=sentence):
        Areas(lists).of_column(kind_of(lists, kind, framework), key, "overall effectiveness")


def test_an_area_is_named_as_printed_or_by_its_subject(lists: Lists) -> None:
    areas, ilacs = Areas(lists), kind_of(lists, "ilacs_standard", "ILACS_2023")
    label = "the experiences and progress of care leavers."
    names = ("Leaders", "1. Help & protection", label, "ilacs_overall", "CLA")
    assert [areas.named(ilacs, name).code for name in names] == [
        "ilacs_leaders",
        "ilacs_help_protection",
        "ilacs_care_leavers",
        "ilacs_overall",
        "ilacs_in_care",
    ]
    with pytest.raises(Doubt, match="has no judgement area “Weather”"):
        areas.named(ilacs, "Weather")


COUNCILS = [
    Provider(id=new_id(), name=name, urn=urn)
    for name, urn in (
        ("Durham County Council", "80465"),
        ("Nottingham City Council", "1"),
        ("Nottinghamshire County Council", "2"),
        ("Stoke-on-Trent City Council", ""),
        ("City of York Council", ""),
        ("Leicester", "3"),
    )
]


@pytest.mark.parametrize(
    ("name", "urn", "found"),
    [
        ("Durham", "", "Durham County Council"),
        ("COUNTY DURHAM", "", "Durham County Council"),
        ("Durham CC", "", "Durham County Council"),
        ("durham local authority", "", "Durham County Council"),
        ("Durham County Council Children’s Services", "", "Durham County Council"),
        ("Nottingham", "", "Nottingham City Council"),
        ("Nottinghamshire", "", "Nottinghamshire County Council"),
        ("Stoke on Trent", "", "Stoke-on-Trent City Council"),
        ("York, City of", "", "City of York Council"),
        ("Leicester City Council", "", "Leicester"),
        ("", "80465", "Durham County Council"),
        ("Our council", "80465", "Durham County Council"),
        ("Leicestershire", "", None),
        ("Druham", "", None),
        ("City Council", "", None),
    ],
)
def test_a_council_is_found_by_any_form_of_its_name_and_never_by_a_likeness(
    name: str, urn: str, found: str | None
) -> None:
    provider = Providers(COUNCILS).find(name, urn)
    assert (provider.name if provider else None) == found


def test_a_name_that_means_two_councils_or_contradicts_its_number_is_named() -> None:
    providers = Providers([*COUNCILS, Provider(id=new_id(), name="Durham City Council")])
    with pytest.raises(Doubt, match="may be Durham County Council or Durham City Council"):
        providers.find("Durham")
    with pytest.raises(Doubt, match="URN 3 belongs to Leicester"):
        Providers(COUNCILS).find("Durham", "3")
    assert Providers(COUNCILS).like("Druham") == "Durham County Council"
    assert Providers(COUNCILS).like("Brent") == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("durham", "Durham"),
        ("st helens", "St Helens"),
        ("stoke-on-trent", "Stoke-on-Trent"),
        ("bath and north east somerset", "Bath and North East Somerset"),
        ("anna o'brien-mcdonald", "Anna O'Brien-McDonald"),
        ("LOUISE HOLLICK", "Louise Hollick"),
        ("Louise Hollick", "Louise Hollick"),
        ("HMI", "HMI"),
        ("", ""),
    ],
)
def test_names_in_small_letters_get_capitals_and_others_stay(written: str, name: str) -> None:
    assert in_capitals(written) == name


@pytest.mark.parametrize(
    ("texts", "first", "last", "code", "framework"),
    [
        (["ILACS"], "2022-05-09", "2022-05-20", "ilacs_standard", "ILACS_2018"),
        (["ILACS"], "2025-03-24", "2025-03-28", "ilacs_short", "ILACS_2023"),
        (["short"], "2026-04-27", "", "ilacs_short", "ILACS_2026"),
        (["", "Standard"], "2023-07-10", "", "ilacs_standard", "ILACS_2023"),
        (["ILACS", "Focussed visit"], "2021-07-13", "", "ilacs_focused_visit", "ILACS_2018"),
        (["Ofsted SIF inspection"], "2016-02-22", "", "sif_full", "SIF_2013"),
        (["Single Inspection Framework"], "2016-02", "", "sif_full", "SIF_2013"),
        (["JTAI"], "2018-07", "", "jtai_thematic", "JTAI_2016"),
        (["SLAC"], "2011-11-28", "", "slac_full", "SLAC_2009"),
        ([], "2022-05-09", "2022-05-20", "ilacs_standard", "ILACS_2018"),
        (["Monitoring visit"], "2020-02-11", "", "ilacs_monitoring_visit", "ILACS_2018"),
    ],
)
def test_the_kind_follows_from_words_and_first_day(
    lists: Lists, texts: list[str], first: str, last: str, code: str, framework: str
) -> None:
    found = Kinds(lists).find(texts, day(first), day(last) if last else None, is_graded=True)
    assert (found.code, lists.frameworks[found.framework_id].code) == (code, framework)


@pytest.mark.parametrize(
    ("texts", "first", "sentence"),
    [
        (["ILACS"], "2022-05-09", "It may be ILACS standard inspection or ILACS short inspection"),
        (["ILACS"], "2016-02-22", "“ILACS” was not in force on 22 February 2016"),
        (["Weather report"], "2022-05-09", "“Weather report” is no framework or kind"),
        ([], "2022-05-09", "The kind of inspection is not said"),
    ],
)
def test_a_kind_that_stays_open_is_named(lists: Lists, texts: list[str], first: str, sentence: str) -> None:
    with pytest.raises(Doubt, match=sentence):
        Kinds(lists).find(texts, day(first), None, is_graded=True)


def test_the_kind_chosen_for_such_rows_and_the_one_in_the_file_decide(lists: Lists) -> None:
    standard = kind_of(lists, "ilacs_standard", "ILACS_2018")
    assert Kinds(lists, "ilacs_short").find(["ILACS"], day("2022-05"), None, is_graded=True).code == "ilacs_short"
    assert Kinds(lists).find(["ILACS"], day("2022-05"), None, is_graded=True, known={standard.id}) == standard


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("page", "p. 3", 3),
        ("paragraph", "para 33", 33),
        ("paragraph", 33.0, 33),
        ("urn", 80465.0, "80465"),
        ("region", "yh", "Yorkshire and the Humber"),
        ("region", "London", "London"),
        ("tone", "Positive", "strength"),
        ("improvement_number", "AFI 3", 3),
        ("improvement_number", "A/2", None),
        ("audience", "LSCB", "lscb"),
        ("lead_inspector", "ceri evans", "Ceri Evans"),
        ("published_on", "tbc", None),
        ("provider", "NULL", None),
        ("notes", "a\r\nb\x07", "a\nb"),
        ("notes", 3.0, "3"),
        ("received_on", "nan", None),
        ("lead_inspector", Broken("#N/A", "Look."), None),
    ],
)
def test_cells_are_read_by_their_field(lists: Lists, key: str, cell: Any, value: Any) -> None:
    field = next(one for one in rules().fields if one.key == key)
    assert Values(lists).read(field, cell) == value


@pytest.mark.parametrize(
    ("key", "cell", "sentence"),
    [
        ("page", "iii", "“iii” is no page number"),
        ("page", "0", "is no page number"),
        ("tone", "purple", "no tone “purple”"),
        ("status", "Soon", "no status “Soon”. Enter one of Not started, In progress"),
        ("rag", "Purple", "no RAG rating “Purple”. Enter one of Red, Amber, Green"),
        ("progress", "05/13/2022: Plan agreed.", "only if the month stands first"),
        ("progress", "May 2022: " + "x" * 20_001, "Progress must be 20,000 characters or fewer"),
        ("reported_to", "3 October 2022", "“3 October 2022” names no committee. Enter it like Scrutiny"),
        ("reported_to", "x" * 501, "must be 500 characters or fewer"),
        ("timescale", "soon", "Enter one of Immediately, Within three months"),
        ("themes", "Weather", "no theme “Weather”"),
        ("lead_inspector", "x" * 501, "Lead inspector must be 500 characters or fewer; this has 501"),
        ("notes", Broken("#REF!", "This is an error."), "This is an error"),
    ],
)
def test_a_cell_that_cannot_be_taken_says_what_to_do(lists: Lists, key: str, cell: Any, sentence: str) -> None:
    field = next(one for one in rules().fields if one.key == key)
    with pytest.raises(Doubt, match=sentence):
        Values(lists).read(field, cell)


def test_themes_and_timescales_are_found_by_their_names(lists: Lists) -> None:
    values, fields = Values(lists), {one.key: one for one in rules().fields}
    first, second = list(lists.themes.values())[:2]
    assert values.read(fields["themes"], f"{first.name}; {second.name.upper()}") == (first.id, second.id)
    assert lists.timescales[values.read(fields["timescale"], "within 3 months")].code == "within_3_months"
    assert lists.finding_kinds[values.read(fields["improvement_kind"], "Priority action")].code == "priority_action"
