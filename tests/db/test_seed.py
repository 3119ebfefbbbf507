"""An update of the shipped facts never overwrites what an officer added, changed or removed."""

from dataclasses import replace

import pytest

from db import catalogue, seed
from db.edit import Edit
from db.frameworks import AreaStrand, Fact, JudgementArea, Strand, Theme
from db.records import new_id
from db.store import Store


def _newer(fact: object) -> object:
    changed = replace(fact, definition=f"{fact.definition} (newer)")  # type: ignore[type-var,attr-defined]
    return replace(changed, shipped=catalogue.digest(changed))  # type: ignore[type-var]


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version of the program, which ships other definitions of every theme."""
    facts = tuple(_newer(fact) if isinstance(fact, Theme) else fact for fact in catalogue.shipped())
    monkeypatch.setattr(seed, "shipped", lambda: facts)


def test_a_second_start_changes_nothing(store: Store) -> None:
    assert seed.bring_up_to_date(store) is None


@pytest.mark.usefixtures("newer_program")
def test_untouched_facts_follow_the_program(store: Store) -> None:
    seed.bring_up_to_date(store)
    assert all(theme.definition.endswith("(newer)") for theme in store.each(Theme))
    assert seed.bring_up_to_date(store) is None


@pytest.mark.usefixtures("newer_program")
def test_what_an_officer_changed_added_or_removed_stays(store: Store) -> None:
    changed, removed, *_ = store.each(Theme)
    mine = replace(changed, definition="as we use it in Durham")
    own = Theme(id=new_id(), name="short breaks")
    store.apply(Edit((changed, removed), (mine, own)))
    seed.bring_up_to_date(store)
    assert store.get(Theme, mine.id) == mine
    assert store.get(Theme, own.id) == own
    assert store.get(Theme, removed.id) is None


def test_facts_carry_their_source_and_whether_it_is_verified(store: Store) -> None:
    assert store.count(Strand) == 15
    assert store.connection.raw.execute("select count(*) from judgement_area where is_verified = 0").fetchone()[0] > 0
    assert store.connection.raw.execute("select count(*) from framework where source = ''").fetchone() == (0,)


def _ship(monkeypatch: pytest.MonkeyPatch, *changed: Fact) -> None:
    """A later version of the program, with these facts in place of its own or added to them."""
    new = {fact.id: replace(fact, shipped=catalogue.digest(fact)) for fact in changed}
    facts = {fact.id: fact for fact in catalogue.shipped()} | new
    monkeypatch.setattr(seed, "shipped", lambda: tuple(facts.values()))


SEND = Theme(id=new_id(), name="Children with SEND")
FOSTERING = Theme(id=new_id(), name="Fostering")


def test_a_theme_of_an_officer_with_the_name_of_a_shipped_one_holds_up_no_other_fact(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(SEND, id=new_id())
    store.apply(Edit(after=(own,)))
    _ship(monkeypatch, SEND, FOSTERING)
    done = seed.bring_up_to_date(store)
    assert done is not None and [fact.id for fact in done.after] == [FOSTERING.id]
    assert store.get(Theme, own.id) == own
    assert seed.bring_up_to_date(store) is None


def test_a_fact_that_refers_to_a_removed_one_is_left_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fostering = Strand(id=new_id(), code="fostering", label="Fostering", position=99)
    store.apply(Edit(after=(fostering,)))
    store.apply(Edit(before=(fostering,)), "Remove strand")
    area = store.each(JudgementArea)[0]
    crossing = AreaStrand(id=new_id(), area_id=area.id, strand_id=fostering.id, match="exact")
    _ship(monkeypatch, fostering, crossing, FOSTERING)
    done = seed.bring_up_to_date(store)
    assert done is not None and [fact.id for fact in done.after] == [FOSTERING.id]


def test_names_that_two_shipped_facts_exchange_hold_up_no_other_fact(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = store.each(Theme)
    _ship(monkeypatch, replace(first, name=second.name), replace(second, name=first.name), FOSTERING)
    seed.bring_up_to_date(store)
    assert store.get(Theme, first.id) == first
    assert store.get(Theme, FOSTERING.id)
