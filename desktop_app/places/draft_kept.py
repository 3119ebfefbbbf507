"""What became of a draft's rows as drafts on disk keep it, and back again."""

from collections.abc import Mapping

from db.drafts import Fields, Rows, Typed
from desktop_app.places.draft_areas import AreaValue, from_typed, to_typed
from desktop_app.places.draft_fields import AREA
from desktop_app.places.draft_states import ADDED, Confirming, State

TYPING = "typing"
"""Stands for the row that holds what is typed and not entered."""
_STATE, _VALUE, _REPLACES, _BEHIND = "state", "value", "replaces", "behind"


def rows_of(confirming: Confirming, typing: Fields) -> Rows:
    """Every row that a person made something of.

    Args:
        typing: what stands in the editor and is not entered.
    """
    rows: dict[str, Fields] = {}
    for field in confirming.fields:
        state, value = confirming.state(field), confirming.value(field)
        more = {_REPLACES: Typed(True)} if field.key in confirming.replaced else {}
        more |= {_BEHIND: Typed(confirming.added[field.key])} if field.key in confirming.added else {}
        if state is State.OPEN and not more:
            continue
        rows[field.key] = {_STATE: Typed(state.value), **_typed(value, field.value), **more}
    return {**rows, TYPING: typing} if typing else rows


def put_back(confirming: Confirming, rows: Rows) -> Fields:
    """Have the rows stand as `rows_of` gave them; return the typing that was not entered.

    A row that is read otherwise by now keeps the value that a person confirmed, as a correction.
    """
    behind = {key: str(fields[_BEHIND].text) for key, fields in rows.items() if _BEHIND in fields and _number(key)}
    confirming.added |= {key: behind[key] for key in sorted(behind, key=_number)}  # in which they were added
    for key in ("framework", "kind"):  # they decide which rows there are
        if key in rows:
            _put(confirming, key, rows[key])
            confirming.look_again()
    for key, fields in rows.items():
        if key != TYPING:
            _put(confirming, key, fields)
    confirming.look_again()
    return rows.get(TYPING, {})


def _number(key: str) -> int:
    """The number of a row that was added; 0 for any other."""
    number = key.removeprefix(ADDED)
    return int(number) if key.startswith(ADDED) and number.isdecimal() else 0


def _put(confirming: Confirming, key: str, kept: Mapping[str, Typed]) -> None:
    try:
        state = State(str(kept[_STATE].text))
        value = from_typed(kept) if key.startswith(AREA) and "text" in kept else kept[_VALUE].text
    except (LookupError, ValueError):
        return
    if not confirming.has(key) and key not in confirming.added:
        if not key.startswith(AREA) or state is State.LEFT_OUT or value is None:
            return
        key = confirming.add_area(confirming.fields[-1]).key  # no longer read, and confirmed all the same
    if _REPLACES in kept:
        confirming.replaced.add(key)
    read = confirming.fields[confirming.place_of(key)].value if confirming.has(key) else None
    if state is State.ACCEPTED and value is not None and value != read:
        state = State.CORRECTED
    confirming.put(key, state, value)


def _typed(value: object, read: object) -> Fields:
    if isinstance(value, AreaValue):
        return to_typed(value)
    return {_VALUE: Typed(value, was=None if isinstance(read, AreaValue) else read)}
