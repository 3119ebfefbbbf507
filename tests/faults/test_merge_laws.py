"""Merges among copies with random histories: nothing lost, nothing twice, the same from either side.

The laws stand in `tests.faults.merge_histories`; what they look at follows from a model, never from version ids.
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import merge
from db.errors import StoreError
from db.merge_sides import Side, Verdict
from tests.faults.merge_histories import FILES, KINDS, History, LawBroken, Op, base_file, random_ops

EXAMPLES, MOST_OPS = 5, 14
HISTORIES_BY_HAND, OPS_BY_HAND = 300, 30
HISTORIES_WITHOUT_PROTECTION = 6
RICH_HISTORY, RICH_OPS = 13, 20
NAMES = ("Durham County Council", "Sunderland City Council", "Gateshead Council")

op = st.tuples(st.sampled_from(KINDS), st.integers(0, FILES - 1), st.integers(0, 1), st.integers(0, 999))
histories = st.lists(op, min_size=8, max_size=MOST_OPS)
small = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return base_file(tmp_path_factory.mktemp("base") / "base.sqlite")


def run(base, ops, *, names=()):
    """Live through a history on fresh copies; a merge that breaks a law raises LawBroken."""
    with tempfile.TemporaryDirectory() as folder:
        history = History(base, Path(folder), names=names)
        try:
            history.run(ops)
        finally:
            history.close()
        return history


def broken(base, seeds, length, *, names=()):
    """The histories in which a law was broken, or a merge was refused: their numbers, and how."""
    for seed in seeds:
        try:
            run(base, random_ops(seed, length), names=names)
        except (LawBroken, StoreError) as error:
            yield f"{seed}: {error}"


@small
@given(ops=histories, last=op)
def test_merges_keep_the_laws(base, ops: list[Op], last: Op):
    run(base, [*ops, ("merge", *last[1:])])


@small
@given(ops=histories, last=op)
def test_records_that_may_not_stand_beside_each_other_become_one_on_either_side(base, ops: list[Op], last: Op):
    run(base, [*ops, ("merge", *last[1:])], names=NAMES)


def test_a_history_has_conflicts_and_changes_that_stand_side_by_side(base):
    """The laws would hold for merges that never meet anything."""
    lived = run(base, random_ops(RICH_HISTORY, RICH_OPS))
    assert min(lived.merges, lived.conflicts, lived.joins) > 0


def by_content(ours: Side, theirs: Side, record_id: str) -> Verdict:
    """What a merge could do without version ids: theirs comes in, and two contents are a conflict."""
    here, there = ours.records.get(record_id), theirs.records.get(record_id)
    if here == there or there is None:
        return Verdict.OURS
    return Verdict.THEIRS if here is None else Verdict.CONFLICT


def theirs_always(ours: Side, theirs: Side, record_id: str) -> Verdict:
    here, there = ours.records.get(record_id), theirs.records.get(record_id)
    return Verdict.OURS if here == there or there is None else Verdict.THEIRS


@pytest.mark.parametrize("without_ids", [by_content, theirs_always])
def test_deciding_by_content_breaks_the_laws(base, monkeypatch, without_ids):
    """The negative control of the version ids."""
    monkeypatch.setattr(merge, "verdict", without_ids)
    assert any(broken(base, range(HISTORIES_WITHOUT_PROTECTION), MOST_OPS))


def test_forgetting_their_version_ids_breaks_the_laws(base, monkeypatch):
    """The negative control of the log: what was taken in must be known as theirs."""
    monkeypatch.setattr(merge.Plan, "_learnt", lambda *_: None)
    assert any(broken(base, range(HISTORIES_WITHOUT_PROTECTION), MOST_OPS))


@pytest.mark.long
@pytest.mark.parametrize("names", [(), NAMES], ids=["names of their own", "names that clash"])
def test_merges_keep_the_laws_in_many_histories(base, names):
    assert list(broken(base, range(HISTORIES_BY_HAND), OPS_BY_HAND, names=names)) == []


@pytest.mark.long
def test_deciding_by_content_breaks_the_laws_often(base, monkeypatch):
    monkeypatch.setattr(merge, "verdict", by_content)
    assert len(list(broken(base, range(HISTORIES_BY_HAND), OPS_BY_HAND))) > HISTORIES_BY_HAND / 10
