"""Pieces of the schema that recur: named rules for lengths, dates, flags and references."""

from db.dates import FIRST_YEAR, LAST_YEAR

ONE_LINE, LONG = 500, 20_000
NOTE = 100_000


def table(name: str, *lines: str) -> str:
    """A strict table with our row number, the record's id and the given lines.

    `{t}` in a line stands for the table's name, so that every rule carries it.
    """
    head = (
        "row integer primary key",
        "id text not null unique",
        "constraint {t}_id_form check (length(id) = 36)",
    )
    columns = [line for line in (*head, *lines) if not line.startswith("constraint")]
    rules = [line for line in (*head, *lines) if line.startswith("constraint")]
    body = ",\n    ".join(line.replace("{t}", name) for line in (*columns, *rules))
    return f"create table {name} (\n    {body}\n) strict"


def text(column: str, limit: int = ONE_LINE) -> tuple[str, str]:
    """A text of at most `limit` characters, empty where nothing is known."""
    return (
        f"{column} text not null default ''",
        f"constraint {{t}}_{column}_length check (length({column}) <= {limit})",
    )


def words(column: str, limit: int = ONE_LINE) -> tuple[str, ...]:
    """A text that may not be blank."""
    return (
        f"{column} text not null",
        f"constraint {{t}}_{column}_length check (length({column}) <= {limit})",
        f"constraint {{t}}_{column}_needed check (length(trim({column})) > 0)",
    )


def day(column: str) -> tuple[str, str]:
    """A date as 2022-05-09, 2018-07 or 2011 that exists in the calendar of 1900 to 2199 (`db.dates`), or null."""
    whole = f"substr({column} || '-01-01', 1, 10)"
    return (
        f"{column} text",
        f"constraint {{t}}_{column}_exists check ({column} is null or "
        f"(length({column}) in (4, 7, 10) and date({whole}, '+0 days') is {whole} "
        f"and substr({column}, 1, 4) between '{FIRST_YEAR}' and '{LAST_YEAR}'))",
    )


def in_order(first: str, last: str) -> str:
    """The last day is not before the first, as far as both are known."""
    shorter = f"min(length({first}), length({last}))"
    return (
        f"constraint {{t}}_{last}_not_before_{first} check ({first} is null or {last} is null or "
        f"substr({last}, 1, {shorter}) >= substr({first}, 1, {shorter}))"
    )


def flag(column: str, default: int = 0) -> tuple[str, str]:
    """Yes (1) or no (0)."""
    return (
        f"{column} integer not null default {default}",
        f"constraint {{t}}_{column}_is_yes_or_no check ({column} in (0, 1))",
    )


def number(column: str, first: int, last: int) -> tuple[str, str]:
    """A whole number in a range, or null."""
    return (
        f"{column} integer",
        f"constraint {{t}}_{column}_range check ({column} is null or {column} between {first} and {last})",
    )


def one_of(column: str, *codes: str, optional: bool = False) -> tuple[str, str]:
    """One of a few codes."""
    listed = ", ".join(f"'{code}'" for code in codes)
    null = f"{column} is null or " if optional else ""
    return (
        f"{column} text" + ("" if optional else " not null"),
        f"constraint {{t}}_{column}_known check ({null}{column} in ({listed}))",
    )


def refers(column: str, other: str, *, optional: bool = False) -> str:
    """The id of another record."""
    return f"{column} text {'' if optional else 'not null '}references {other}(id)"


def links(owner: str, field: str, other: str) -> str:
    """The table that keeps an ordered field of ids (`db.rows.Link`)."""
    return (
        f"create table {owner}_{field} (\n"
        f"    row integer primary key,\n"
        f"    {owner}_id text not null references {owner}(id),\n"
        f"    {field}_id text not null references {other}(id),\n"
        f"    position integer not null,\n"
        f"    constraint {owner}_{field}_once unique ({owner}_id, {field}_id)\n"
        f") strict"
    )


def fact() -> tuple[str, ...]:
    """What every shipped fact has (`db.frameworks.Fact`)."""
    return (*text("note", NOTE), *text("source", NOTE), *flag("is_verified", 1), "shipped text")
