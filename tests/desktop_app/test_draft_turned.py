"""Real reports, changed in memory in ways that change nothing of what they say: every field must stay right."""

import json
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.reading import draft
from desktop_app.reading.draft_answers import facts_of
from desktop_app.reading.pages import Reader
from tests.desktop_app.test_draft import REPORTS, score_module, with_reports
from tests.desktop_app.turned_changes import HARMLESS, Change
from tests.desktop_app.turned_reports import Turned

pytestmark = with_reports
ONE_OF_EACH_LAYOUT = ("durham-2019", "doncaster-2025", "hillingdon-2014", "cheshire-east-2015", "norfolk-2013")
EXAMPLES, MANY_EXAMPLES = 12, 1_000
_COUNTED = ("n_pages", "n_numbered_paragraphs", "last_paragraph_number")  # what a page more or other numbers change

Known = list[tuple[dict[str, Any], Turned]]


@pytest.fixture(scope="module")
def known() -> Iterator[Known]:
    """The answers of some reports, and their pages."""
    truth = [json.loads(line) for line in (REPORTS / "open_truth.jsonl").read_text(encoding="utf-8").splitlines()]
    with Reader() as reader:
        found = []
        for answer in truth:
            if answer["file"].startswith(ONE_OF_EACH_LAYOUT):
                reader.open(REPORTS / answer["file"])
                found.append((answer, Turned.of(reader.pages())))
        yield found


@cache
def cached_score() -> Any:
    return score_module()


def mistakes(answer: dict[str, Any], turned: Turned) -> list[Any]:
    """What the public score finds wrong, and what was made up."""
    score = cached_score()
    line = facts_of(draft.from_report(turned.made())) | {"sha256": answer["sha256"]}
    full = dict.fromkeys(score.SIMPLE, "x") | {"sha256": "0", "judgements": [{"key": "x"}]}
    full |= {"improvement_items": ["x"], "lscb_improvement_items": ["x"]}
    found = score.run([answer], [line, full])
    made_up = [name for name, count in found.extra.items() if count and not name.startswith(_COUNTED)]
    return [error for error in found.errors if error[1] not in (*_COUNTED, "quote")] + made_up


@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.__name__)
def test_what_changes_nothing_leaves_every_field_right(known: Known, change: Change) -> None:
    for answer, turned in known:
        changed = turned.copy()
        change(changed, Random(1))
        assert not mistakes(answer, changed), answer["file"]


def test_what_changes_something_is_seen(known: Known) -> None:
    for answer, turned in known:
        without_lists = turned.copy()
        without_lists.every(lambda row: row.says("Practice study") if "mprove" in row.text else row)
        assert mistakes(answer, without_lists), "the list is gone"
        graded = turned.copy()
        count = sum(graded.replace(grade, "Outstanding") for grade in ("Good", "Inadequate", "(inadequate)"))
        assert count
        assert any(error[1].startswith("judgement") for error in mistakes(answer, graded)), "the grades are others"


def _several_at_once(known: Known, data: st.DataObject) -> None:
    answer, turned = data.draw(st.sampled_from(known))
    changes = data.draw(st.lists(st.sampled_from(HARMLESS), min_size=2, max_size=3, unique=True))
    changes = [change for change in HARMLESS if change in changes]  # those that add pages come last
    random = Random(data.draw(st.integers(0, 10_000)))
    changed = turned.copy()
    for change in changes:
        change(changed, random)
    assert not mistakes(answer, changed), (answer["file"], [change.__name__ for change in changes])


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_several_changes_at_once(known: Known, data: st.DataObject) -> None:
    _several_at_once(known, data)


@pytest.mark.long
@settings(max_examples=MANY_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_many_changes_at_once(known: Known, data: st.DataObject) -> None:
    _several_at_once(known, data)
