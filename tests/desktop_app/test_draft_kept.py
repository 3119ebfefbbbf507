"""What became of a draft's rows survives being kept, also when the report is read otherwise by then."""

import json
from dataclasses import replace

import pytest

from db.dates import PartialDate
from db.drafts import Typed, typing_from_json, typing_to_json
from db.lists import Lists
from desktop_app.places.draft_fields import AREA, JUDGEMENT
from desktop_app.places.draft_kept import put_back, rows_of
from desktop_app.places.draft_states import Confirming, State
from desktop_app.reading import draft
from tests.desktop_app import made_reports
from tests.desktop_app.made_reports import ILACS_2018, ITEMS, NEW_GRADES, SIF

ROWS = [*zip(ILACS_2018, NEW_GRADES, strict=True)]
TYPING = {"row": Typed("lead_inspector"), "text": Typed("Lou")}


def confirming(store, **more):
    return Confirming(store, Lists.read(store), draft.from_pasted(made_reports.ilacs(ROWS, **more).pasted()))


def field(rows, key):
    return rows.fields[rows.place_of(key)]


def through_disk(rows):
    kept = typing_to_json({"report": {"rows": rows}})
    return typing_from_json(json.loads(json.dumps(kept)))["report"]["rows"]


@pytest.fixture
def gone_through(store):
    rows = confirming(store)
    rows.accept_certain()
    rows.correct(field(rows, "published_on"), PartialDate(2022, 7, 5))
    rows.correct(field(rows, JUDGEMENT + "ilacs_overall"), "not_known")
    rows.leave_out(field(rows, f"{AREA}2"))
    area = field(rows, f"{AREA}0")
    rows.correct(area, replace(rows.value(area), audience="lscb", paragraph=7))
    for words in ("Help for young carers.", "Homes nearby."):
        added = rows.add_area(area)
        rows.correct(added, replace(rows.blank_area(added), text=words))
    rows.replace_in_file(field(rows, "lead_inspector"))
    return rows


def facts(rows):
    return [(one.key, one.name, rows.state(one), rows.value(one), one.key in rows.replaced) for one in rows.fields]


def test_every_row_stands_as_it_was_left(store, gone_through):
    again = confirming(store)
    assert facts(again) != facts(gone_through)
    assert put_back(again, through_disk(rows_of(gone_through, TYPING))) == TYPING
    assert facts(again) == facts(gone_through)
    assert again.confirmed().values == gone_through.confirmed().values


def test_another_framework_is_put_back_with_its_judgements(store):
    rows = confirming(store)
    lists = Lists.read(store)
    rows.correct(field(rows, "framework"), next(one.id for one in lists.frameworks.values() if one.code == "SIF_2013"))
    kind = field(rows, "kind")
    rows.correct(kind, next(key for key, _ in kind.choices if lists.kinds[key].code == "sif_full"))
    lscb = field(rows, JUDGEMENT + "sif_lscb")
    rows.correct(lscb, lscb.choices[0][0])
    again = confirming(store)
    put_back(again, through_disk(rows_of(rows, {})))
    assert facts(again) == facts(rows)


def test_what_was_confirmed_stays_where_the_report_is_read_otherwise_by_now(store, gone_through):
    kept = through_disk(rows_of(gone_through, {}))
    again = confirming(store, lead="Lead inspector: Jan Edwards", items=[ITEMS[0]])
    put_back(again, kept)
    lead = field(again, "lead_inspector")
    assert (again.value(lead), again.state(lead)) == ("Louise Hollick", State.CORRECTED)
    words = [again.value(one).text for one in again.fields if one.key.startswith(AREA) and again.value(one)]
    assert {ITEMS[0], ITEMS[1], "Help for young carers.", "Homes nearby."} == {*words}


def test_kept_rows_that_make_no_sense_change_nothing(store):
    rows = confirming(store)
    before = facts(rows)
    nonsense = {
        "provider": {"state": Typed("certainly")},
        "lead_inspector": {},
        "judgement:none": {"state": Typed("corrected"), "value": Typed("good")},
        f"{AREA}0": {"state": Typed("corrected"), "text": Typed("Words.")},
    }
    put_back(rows, nonsense)
    assert facts(rows) == before


def test_the_areas_of_another_layout_keep_their_rows(store):
    made = made_reports.single_inspection([(label, "Good") for label in SIF], board_items=["Meet more often."])
    rows = Confirming(store, Lists.read(store), draft.from_pasted(made.pasted()))
    rows.accept_certain()
    again = Confirming(store, Lists.read(store), draft.from_pasted(made.pasted()))
    put_back(again, through_disk(rows_of(rows, {})))
    assert facts(again) == facts(rows)
