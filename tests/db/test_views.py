"""What another program sees in the file: words instead of codes, and every column explained."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from db import frameworks, records, schema
from db.edit import Edit
from db.frameworks import InspectionKind, JudgementArea, Theme
from db.lists import Lists
from db.records import Inspection, Judgement, Provider, Quote, new_id
from db.schema import m005_views
from db.store import Store

VIEWS = ("v_inspections", "v_judgements", "v_quotes", "v_areas_for_improvement", "v_timeline")


@pytest.fixture
def sample(sample_file):
    """The sample as a strict reader sees it."""
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.execute("pragma trusted_schema = off")
        raw.row_factory = sqlite3.Row
        yield raw


def rows(store, view, **wanted):
    raw = store.connection.raw
    where = " and ".join(f"{name} = ?" for name in wanted)
    found = raw.execute(f"select * from {view} where {where}", tuple(wanted.values()))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize(("view", "count"), list(zip(VIEWS, (9, 42, 102, 31, 55), strict=True)))
def test_the_sample_is_all_there(sample, view, count):
    assert sample.execute(f"select count(*) from {view}").fetchone()[0] == count
    assert len(sample.execute(f"select * from {view}").fetchall()) == count


def test_events_that_are_no_inspections_stand_only_in_the_timeline(sample):
    others = sample.execute("select distinct title from v_timeline where is_inspection = 'no'").fetchall()
    titles = {row["title"] for row in sample.execute("select title from v_inspections")}
    assert len(others) == 6
    assert not titles & {row["title"] for row in others}


def test_inspections_stand_in_order_of_time_with_their_headlines(sample):
    found = sample.execute("select started, headline_grades from v_inspections").fetchall()
    assert [row["started"][:4] for row in found] == "2011 2011 2016 2018 2019 2019 2021 2022 2025".split()
    assert found[2]["headline_grades"] == "Children’s services in Durham: Requires improvement to be good"
    assert found[7]["headline_grades"] == "Overall effectiveness: Good"
    assert found[0]["headline_grades"] is None


def test_the_timeline_joins_an_area_to_each_of_its_strands(sample):
    found = sample.execute(
        "select strand, match, grade from v_timeline where started = '2022-05-09' and area like '%children in care%'"
    ).fetchall()
    assert [tuple(row) for row in found] == [
        ("Children in care", "close", "Good"),
        ("Care leavers", "partly comparable", "Good"),
    ]


def test_what_has_no_date_comes_last_in_the_timeline(sample):
    assert sample.execute("select started from v_timeline").fetchall()[-1]["started"] is None


def test_a_quote_says_who_said_it_about_what_and_where_it_stands(sample):
    quote = sample.execute("select * from v_quotes where said_by like 'Council%' and started = '2022-05-09'").fetchone()
    assert quote["said_by"] == "Council: politician or officer"
    assert quote["source_kind"] == "Press release"
    assert quote["is_draft"] == "no"


def test_codes_are_words(store):
    inspection = Inspection(id=new_id(), provider_id=new_id(), kind_id=kind(store, "ilacs_standard").id)
    provider = Provider(id=inspection.provider_id, name="Durham County Council")
    area = Lists.read(store).areas_of(inspection.kind_id)[0]
    judgement = Judgement(id=new_id(), inspection_id=inspection.id, area_id=area.id, special="not_known")
    themes = store.each(Theme)
    quote = Quote(
        id=new_id(),
        inspection_id=inspection.id,
        text="Children are safe.",
        tone="mixed",
        voice="committee",
        area_id=area.id,
        theme_ids=(themes[3].id, themes[1].id),
    )
    store.apply(Edit(after=(provider, inspection, judgement, quote)))
    (seen,) = rows(store, "v_quotes", id=quote.id)
    assert (seen["tone"], seen["said_by"], seen["is_draft"]) == ("Mixed", "Committee member", "yes")
    assert seen["themes"] == f"{themes[3].name}; {themes[1].name}"
    assert seen["about"] == area.label
    (judged,) = rows(store, "v_judgements", id=judgement.id)
    assert (judged["grade"], judged["is_graded"]) == ("Not known", "no")
    store.apply(Edit((judgement,), (replace(judgement, special=None, grade_as_printed="better than good"),)))
    (judged,) = rows(store, "v_judgements", id=judgement.id)
    assert (judged["grade"], judged["grade_as_printed"]) == (None, "better than good")


@pytest.mark.parametrize("name", ["Durham County Council", "Leeds City Council", "Council of Elders", "Kent"])
def test_a_printed_label_names_the_provider_as_the_forms_do(store, name):
    area = next(one for one in store.each(JudgementArea) if "[authority]" in one.label)
    sif = next(one for one in store.each(InspectionKind) if one.framework_id == area.framework_id)
    provider = Provider(id=new_id(), name=name)
    inspection = Inspection(id=new_id(), provider_id=provider.id, kind_id=sif.id)
    judgement = Judgement(id=new_id(), inspection_id=inspection.id, area_id=area.id, special="not_judged")
    store.apply(Edit(after=(provider, inspection, judgement)))
    (seen,) = rows(store, "v_judgements", id=judgement.id)
    assert seen["area"] == Lists.read(store).area_label(area, provider.id)


def kind(store, code):
    return next(one for one in store.each(InspectionKind) if one.code == code)


def test_the_words_are_those_of_the_window():
    assert m005_views.MATCHES == frameworks.MATCHES
    for name in ("PROVIDER_KINDS", "VOICES", "TONES", "AUDIENCES", "DOCUMENT_KINDS", "SPECIAL_VALUES"):
        assert getattr(m005_views, name) == getattr(records, name)


def test_every_column_of_every_table_and_view_is_explained(sample):
    names = [row[0] for row in sample.execute("select name from sqlite_master where type in ('table', 'view')")]
    ours = [name for name in names if not name.startswith("sqlite_")]
    columns = {
        (name, row["name"])
        for name in ours
        if not schema._is_shadow(name)
        for row in sample.execute(f"pragma table_info({name})")
    }
    told = {tuple(row)[:2] for row in sample.execute("select view_or_table, column_name, meaning from data_dictionary")}
    assert columns | {(name, "") for name in ours} == told
    assert not sample.execute("select 1 from data_dictionary where trim(meaning) = ''").fetchall()


def test_the_file_names_its_licence_and_what_it_is(sample):
    about = dict(tuple(row) for row in sample.execute("select key, value from about_this_file"))
    assert about["licence"].startswith("Contains public sector information licensed under the Open Government Licence")
    assert about["what_it_is"].startswith("An inspection log")
    assert sample.execute("select count(*) from manifest").fetchone()[0] == 0


def test_a_new_file_has_empty_views(new_file):
    with closing(Store.open(new_file, is_read_only=True).connection.raw) as raw:
        assert [raw.execute(f"select count(*) from {view}").fetchone()[0] for view in VIEWS] == [0] * 5
