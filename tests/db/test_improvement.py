"""What the Improvement place lists: open, late and raised before, filters, groups, order, and what is read again."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalogue import fact_id
from db.dates import PartialDate
from db.edit import Edit
from db.improvement import Plan, is_past
from db.improvement_change import change_many
from db.improvement_list import DUE, INSPECTION, NONE, OWNER, STATUS, THEME, WORDS, Wanted, heading, shown
from db.improvement_records import Action, Evidence, Verdict
from db.improvement_words import completeness, row_status, short_inspection, spoken
from db.lists import Lists
from db.records import AreaForImprovement, Inspection, Provider, Quote, RecordType, new_id
from db.store import Store

TODAY = date(2026, 11, 22)
DONE, IN_PROGRESS, NOT_STARTED, CLOSED = (
    fact_id(RecordType.ACTION_STATUS, code) for code in ("done", "in_progress", "not_started", "closed_by_inspectors")
)


@pytest.fixture
def file(sample_file: Path, tmp_path: Path) -> Iterator[Store]:
    """The Durham sample without verdicts and themes, so that each test says its own."""
    opened = Store.open(shutil.copy(sample_file, tmp_path / "durham.sqlite"))
    areas = tuple(opened.each(AreaForImprovement))
    opened.apply(Edit((*opened.each(Verdict), *areas), tuple(replace(one, theme_ids=()) for one in areas)))
    yield opened
    opened.close()


def _area(store: Store, start: str) -> AreaForImprovement:
    return next(one for one in store.each(AreaForImprovement) if one.text.startswith(start))


def _change(store: Store, start: str, **facts: object) -> AreaForImprovement:
    area = _area(store, start)
    changed = replace(area, **facts)  # type: ignore[arg-type]
    store.apply(Edit((area,), (changed,)))
    return changed


def _texts(store: Store, plan: Plan, **wanted: object) -> list[str]:
    asked = Wanted(**{"scope": "all", **wanted})  # type: ignore[arg-type]
    return [plan.text(row)[:20] for row in shown(plan, Lists.read(store), asked).rows]


def test_newest_inspections_come_first_each_as_printed(file: Store) -> None:
    plan, lists = Plan.read(file, TODAY), Lists.read(file)
    assert len(plan.rows) == file.count(AreaForImprovement)
    assert [plan.text(row)[:12] for row in plan.rows[:3]] == ["The response", "Sufficiency ", "Pathway asse"]
    names = list(dict.fromkeys(short_inspection(lists, plan.events[row.inspection_id]) for row in plan.rows))
    assert names == ["ILACS 2022", "ILACS focused visit 2021", "ILACS 2019", "JTAI 2018", "SIF 2016"]


def test_open_is_what_has_an_open_status_or_none_and_was_not_closed_later(file: Store) -> None:
    _change(file, "The response to children who go", status_id=DONE)
    _change(file, "Sufficiency", status_id=IN_PROGRESS)
    oversight = _area(file, "The quality and impact of management")
    later = next(one for one in file.each(Inspection) if str(one.started_on) == "9 May 2022")
    file.apply(
        Edit(
            after=(
                Verdict(id=new_id(), area_for_improvement_id=oversight.id, inspection_id=later.id, verdict="closed"),
            )
        )
    )
    plan, lists = Plan.read(file, TODAY), Lists.read(file)
    by_text = {plan.text(row)[:20]: row for row in plan.rows}
    assert not by_text["The response to chil"].is_open
    assert by_text["Sufficiency of short"].is_open
    assert by_text["Pathway assessments "].is_open
    closed = next(row for row in plan.rows if row.id == oversight.id)
    assert not closed.is_open
    assert row_status(plan, lists, closed).spoken == "Closed by inspectors"
    assert shown(plan, lists, Wanted()).counts.open == len(plan.rows) - 2


@pytest.mark.parametrize(
    ("due", "is_late"),
    [
        (PartialDate(2026, 11, 21), True),
        (PartialDate(2026, 11, 22), False),
        (PartialDate(2026, 10), True),
        (PartialDate(2026, 11), False),
        (PartialDate(2025), True),
        (PartialDate(2026), False),
        (None, False),
    ],
    ids=str,
)
def test_late_is_what_is_open_after_the_last_day_that_its_date_may_mean(
    file: Store, due: PartialDate | None, is_late: bool
) -> None:
    area = _change(file, "Sufficiency", due_on=due)
    row = next(row for row in Plan.read(file, TODAY).rows if row.id == area.id)
    assert bool(row.is_late) is is_late
    _change(file, "Sufficiency", status_id=DONE)
    assert not next(row for row in Plan.read(file, TODAY).rows if row.id == area.id).is_late


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 3))
def test_past_agrees_with_the_last_day_of_any_partial_date(due: date, today: date, known: int) -> None:
    partial = PartialDate(*(due.year, due.month, due.day)[:known])
    assert is_past(partial.iso, today.isoformat()) is (partial.last_day < today)


def test_raised_before_is_what_repeats_an_earlier_area(file: Store) -> None:
    earlier, later = _area(file, "Improve how information from return"), _area(file, "The response to children who go")
    link = Verdict(
        id=new_id(),
        area_for_improvement_id=earlier.id,
        inspection_id=later.inspection_id,
        verdict="raised_again",
        later_area_id=later.id,
    )
    file.apply(Edit(after=(link,)))
    plan, lists = Plan.read(file, TODAY), Lists.read(file)
    found = shown(plan, lists, Wanted(scope="raised"))
    assert [plan.seen_before(row) for row in found.rows] == ["2nd time since 2016"]
    assert found.counts.raised == 1
    assert spoken(plan, lists, found.rows[0]) == (
        "The response to children who go missing from home or care, ILACS 2022, no owner, no due date, no status, "
        "2nd time since 2016"
    )


def test_filters_are_joined_and_the_buttons_count_what_they_leave(file: Store) -> None:
    theme = next(iter(Lists.read(file).themes))
    _change(file, "Sufficiency", owner="Head of Commissioning", theme_ids=(theme,), due_on=PartialDate(2023, 6, 30))
    _change(file, "Pathway", owner="Head of Commissioning", status_id=DONE)
    plan, lists = Plan.read(file, TODAY), Lists.read(file)
    assert _texts(file, plan, owner="Head of Commissioning") == ["Sufficiency of short", "Pathway assessments "]
    assert _texts(file, plan, owner="Head of Commissioning", scope="late") == ["Sufficiency of short"]
    assert _texts(file, plan, theme_id=theme) == ["Sufficiency of short"]
    assert _texts(file, plan, status_id=DONE) == ["Pathway assessments "]
    assert len(_texts(file, plan, owner=NONE)) == len(_texts(file, plan, theme_id=NONE)) - 1
    assert len(_texts(file, plan, status_id=NONE)) == len(plan.rows) - 1
    inspection_id = plan.rows[0].inspection_id
    assert len(_texts(file, plan, inspection_id=inspection_id)) == 3
    assert shown(plan, lists, Wanted(inspection_id=inspection_id)).counts == (2, 1, 0, 3)
    assert plan.owners == ("Head of Commissioning",)


def test_a_row_that_is_worked_on_stays_in_sight_at_its_place(file: Store) -> None:
    done = _change(file, "Sufficiency", status_id=DONE)
    plan, lists = Plan.read(file, TODAY), Lists.read(file)
    assert done.id not in {row.id for row in shown(plan, lists, Wanted()).rows}
    assert [row.id for row in shown(plan, lists, Wanted(), kept=done.id).rows].index(done.id) == 1


def test_groups_have_their_order_and_those_without_come_last(file: Store) -> None:
    lists = Lists.read(file)
    first, second = list(lists.themes)[:2]
    _change(file, "Sufficiency", theme_ids=(second, first), due_on=PartialDate(2027, 6, 30), owner="Head of Service")
    _change(file, "Pathway", theme_ids=(first,), due_on=PartialDate(2023, 6), owner="Director", status_id=DONE)
    plan = Plan.read(file, TODAY)

    def headings(group: str) -> list[tuple[str, int]]:
        found = shown(plan, lists, Wanted(scope="all", group=group))
        return [(heading(plan, lists, group, one.key), len(one.rows)) for one in found.groups]

    rest = len(plan.rows) - 2
    assert headings("due") == [("June 2023", 1), ("June 2027", 1), ("No due date", rest)]
    assert headings("owner") == [("Director", 1), ("Head of Service", 1), ("No owner", rest)]
    assert headings("status") == [("Done", 1), ("No status", rest + 1)]
    assert headings("inspection")[0] == ("ILACS standard inspection, 9 May to 20 May 2022", 3)
    assert headings("provider") == [("Durham County Council", rest + 2)]
    themes = headings("theme")
    assert sorted(themes[:-1]) == sorted([(lists.themes[first].name, 2), (lists.themes[second].name, 1)])
    assert themes[-1] == ("No theme", rest)
    assert len(shown(plan, lists, Wanted(scope="all", group="theme")).rows) == len(plan.rows)  # each once


@pytest.mark.parametrize("column", [WORDS, INSPECTION, THEME, OWNER, DUE, STATUS, 6])
def test_sorting_loses_nothing_and_puts_what_is_empty_last(file: Store, column: int) -> None:
    _change(file, "Sufficiency", owner="Head", due_on=PartialDate(2027), status_id=DONE)
    _change(file, "Pathway", owner="Director", due_on=PartialDate(2023, 6), status_id=IN_PROGRESS)
    plan, lists = Plan.read(file, TODAY), Lists.read(file)
    up = shown(plan, lists, Wanted(scope="all", column=column)).rows
    down = shown(plan, lists, Wanted(scope="all", column=column, is_descending=True)).rows
    assert set(up) == set(down) == set(plan.rows)
    if column == DUE:
        assert [row.due for row in up[:3]] == ["2023-06", "2027", ""]
        assert [row.due for row in down[:3]] == ["2027", "2023-06", ""]
    if column == OWNER:
        assert [row.owner for row in up[:3]] == ["Director", "Head", ""]
    if column == STATUS:
        assert [row.is_late for row in up[:2]] == [1, 0]
    if column == WORDS:
        assert plan.text(up[0])[:1].casefold() == "a" or plan.text(up[0]) < plan.text(up[-1])


def test_an_action_of_a_quote_is_a_row_of_its_own(file: Store) -> None:
    quote = file.each(Quote)[0]
    action = Action(
        id=new_id(), quote_id=quote.id, text="Train every chair", owner="Director", due_on=PartialDate(2020)
    )
    file.apply(Edit(after=(action,)))
    plan, lists = Plan.read(file, TODAY), Lists.read(file)
    row = next(row for row in plan.rows if row.quote_id)
    assert (row.id, row.inspection_id, row.is_late) == (action.id, quote.inspection_id, 1)
    assert spoken(plan, lists, row).startswith("Action for a quote: Train every chair")
    assert plan.record(row) == action
    assert len(_texts(file, plan, owner="Director")) == 1


def test_after_each_deed_the_plan_is_what_a_whole_reading_gives(file: Store) -> None:
    plan = Plan.read(file, TODAY)
    theme = next(iter(Lists.read(file).themes))
    quote, area = file.each(Quote)[0], _area(file, "Sufficiency")
    moved = _area(file, "The response to children who go")
    later = next(one.id for one in file.each(Inspection) if one.started_on and one.started_on.year == 2025)
    action = Action(id=new_id(), quote_id=quote.id, text="Train every chair")
    deeds = (
        Edit((area,), (replace(area, owner="Director", theme_ids=(theme,), due_on=PartialDate(2020)),)),
        Edit(after=(action,)),
        Edit((action,), (replace(action, text="Train every chair of a conference"),)),
        Edit(after=(Evidence(id=new_id(), area_for_improvement_id=area.id, text="Audit of May"),)),
        Edit(after=(Action(id=new_id(), area_for_improvement_id=area.id, text="Tender", owner="Buyer"),)),
        Edit(after=(Verdict(id=new_id(), area_for_improvement_id=area.id, inspection_id=later, verdict="closed"),)),
        Edit((moved,), (replace(moved, position=99),)),
        Edit(after=(Provider(id=new_id(), name="Gateshead Council"),)),
    )
    done: list[Edit] = []
    for deed in deeds:
        done.append(file.apply(deed))
        plan = plan.refreshed(TODAY)
        _assert_same(plan, Plan.read(file, TODAY))
    for deed in reversed(done):
        file.apply(deed.undone())
        plan = plan.refreshed(TODAY)
        _assert_same(plan, Plan.read(file, TODAY))


def _assert_same(one: Plan, other: Plan) -> None:
    assert one.rows == other.rows
    assert (one.themes, one.owners) == (other.themes, other.owners)
    assert (one.with_action, one.with_evidence) == (other.with_action, other.with_evidence)
    assert [one.text(row) for row in one.rows] == [other.text(row) for row in other.rows]


def test_a_plan_that_is_not_refreshed_shows_what_was(file: Store) -> None:
    """The control of the test before: without `refreshed` a change stays unseen."""
    plan = Plan.read(file, TODAY)
    _change(file, "Sufficiency", owner="Director")
    assert plan.rows != Plan.read(file, TODAY).rows


def test_what_waits_to_be_written_counts_as_written_and_goes_when_it_is_withdrawn(file: Store) -> None:
    plan = Plan.read(file, TODAY)
    area = _area(file, "Sufficiency")
    file.waiting = (Edit((area,), (replace(area, owner="Director", due_on=PartialDate(2020)),)),)
    plan = plan.refreshed(TODAY)
    row = next(row for row in plan.rows if row.id == area.id)
    assert (row.owner, row.is_late) == ("Director", 1)
    file.waiting = ()
    plan = plan.refreshed(TODAY)
    assert next(row for row in plan.rows if row.id == area.id).owner == ""


def test_many_are_changed_as_one_edit_that_says_how_many(file: Store) -> None:
    quote = file.each(Quote)[0]
    file.apply(Edit(after=(Action(id=new_id(), quote_id=quote.id, text="Train every chair"),)))
    _change(file, "Sufficiency", status_id=DONE)
    plan = Plan.read(file, TODAY)
    rows = [row for row in plan.rows if row.inspection_id == _area(file, "Sufficiency").inspection_id]
    rows += [row for row in plan.rows if row.quote_id]
    many = change_many(plan, rows, "status_id", DONE)
    assert many.label == "Change status of 2 areas for improvement and 1 action"
    assert many.sentence("Done") == (
        "Status of 2 areas for improvement and 1 action changed to Done. 1 had it already. Ctrl+Z takes it back."
    )
    before = file.each(AreaForImprovement)
    done = file.apply(many.edit)
    assert file.count(AreaForImprovement, status_id=DONE) == 3
    file.apply(done.undone())
    assert file.each(AreaForImprovement) == before
    theme = next(iter(Lists.read(file).themes))
    themed = change_many(plan, rows, "theme_ids", theme)
    assert (themed.changed, themed.left_out) == (3, 1)
    assert themed.sentence("assessments").startswith("Theme of 3 areas for improvement: assessments added.")
    nothing = change_many(plan, rows[:1], "owner", "")
    assert nothing.edit.is_empty
    assert nothing.sentence("") == "Nothing was changed: it is so already."


def test_how_complete_the_record_is_stands_in_a_sentence(file: Store) -> None:
    area = _change(file, "Sufficiency", owner="Director", due_on=PartialDate(2027))
    _change(file, "Pathway", owner="Director")
    file.apply(Edit(after=(Action(id=new_id(), area_for_improvement_id=area.id, text="Tender"),)))
    plan = Plan.read(file, TODAY)
    of_2022 = [row for row in plan.rows if row.inspection_id == area.inspection_id]
    said = "Of 3 areas for improvement 2 have an owner, 1 a due date, 1 an action, none evidence."
    assert completeness(plan, of_2022) == said
    assert completeness(plan, []) == ""
    one = next(row for row in of_2022 if row.id == area.id)
    assert completeness(plan, [one]) == (
        "This area for improvement has an owner, a due date and an action but no evidence."
    )
    other = next(row for row in of_2022 if not row.owner)
    assert completeness(plan, [other]) == "This area for improvement has no owner, due date, action or evidence."
