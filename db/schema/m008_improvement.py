"""Step 8: what is done about an area for improvement, and what later inspections said of it.

The inspectors' words stay where they are; the council's own stand in new columns beside them and in new tables.
As in step 5 the words for codes are written out.
"""

import tomllib
from importlib.resources import files
from typing import Any

from db.schema.parts import LONG, NOTE, day, fact, flag, one_of, refers, table, text, words

_AREA = "area_for_improvement"
_CODE, _LABEL = words("code", 80), words("label")
_PLACE = "position integer not null default 0"
_OF_AN_AREA = refers("area_for_improvement_id", _AREA)
VERDICTS = {
    "closed": "Closed",
    "improved": "Improved",
    "raised_again": "Raised again",
    "not_mentioned": "Not mentioned",
}


def _added(column: str, *rules: str) -> str:
    """A new column of the areas for improvement with its rules."""
    return " ".join((f"alter table {_AREA} add column {column}", *(rule.replace("{t}", _AREA) for rule in rules)))


_FACTS = (
    table(
        "action_status",
        *_CODE,
        *_LABEL,
        _PLACE,
        *flag("is_open", 1),
        *text("tone", 40),
        *fact(),
        "constraint {t}_code_once unique (code)",
    ),
    table(
        "rag_rating",
        *_CODE,
        *_LABEL,
        _PLACE,
        *text("meaning", LONG),
        *text("tone", 40),
        *fact(),
        "constraint {t}_code_once unique (code)",
    ),
)
_COLUMNS = (
    _added(*text("owner")),
    _added(*day("due_on")),
    _added(refers("status_id", "action_status", optional=True)),
    _added(refers("rag_id", "rag_rating", optional=True)),
    _added(
        *text("rag_reason", LONG),
        "constraint {t}_rag_needs_a_reason check (rag_id is null or length(trim(rag_reason)) > 0)",
    ),
    _added(*text("impact", LONG)),
)
_TABLES = (
    table(
        "action",
        refers("area_for_improvement_id", _AREA, optional=True),
        refers("quote_id", "quote", optional=True),
        _PLACE,
        *words("text", LONG),
        *text("success_measure", LONG),
        *text("owner"),
        *day("due_on"),
        refers("status_id", "action_status", optional=True),
        "constraint {t}_for_one_thing check ((area_for_improvement_id is null) <> (quote_id is null))",
    ),
    table("progress_note", _OF_AN_AREA, *day("noted_on"), *words("text", LONG), *text("author")),
    table(
        "evidence",
        _OF_AN_AREA,
        _PLACE,
        *text("text", LONG),
        refers("quote_id", "quote", optional=True),
        refers("document_id", "document", optional=True),
        *text("address", 2000),
        "constraint {t}_one_thing check "
        "((quote_id is not null) + (document_id is not null) + (length(address) > 0) <= 1)",
        "constraint {t}_something check "
        "(quote_id is not null or document_id is not null or length(address) > 0 or length(trim(text)) > 0)",
    ),
    table("committee_report", _OF_AN_AREA, *words("committee"), *day("reported_on"), *text("notes", NOTE)),
    table(
        "verdict",
        _OF_AN_AREA,
        refers("inspection_id", "inspection"),
        *one_of("verdict", *VERDICTS),
        refers("quote_id", "quote", optional=True),
        refers("later_area_id", _AREA, optional=True),
        *text("text", LONG),
        "constraint {t}_not_of_itself check (later_area_id is not area_for_improvement_id)",
    ),
    table(
        "statutory_date",
        refers("inspection_id", "inspection"),
        *words("deadline", 80),
        *day("due_on"),
        *text("reason", LONG),
        *day("done_on"),
        "constraint {t}_reason_needed check (due_on is null or length(trim(reason)) > 0)",
        "constraint {t}_once unique (inspection_id, deadline)",
    ),
)
_INDEXES = tuple(
    f"create index {name}_by_{field} on {name}({field}_id)"
    for name, field in (
        ("action", _AREA),
        ("action", "quote"),
        ("progress_note", _AREA),
        ("evidence", _AREA),
        ("evidence", "quote"),
        ("evidence", "document"),
        ("committee_report", _AREA),
        ("verdict", _AREA),
        ("verdict", "inspection"),
        ("verdict", "quote"),
        ("verdict", "later_area"),
    )
)
_VERDICT = " ".join(f"when '{code}' then '{said}'" for code, said in VERDICTS.items())
_WORDS = "v_areas_for_improvement"


def _counted(name: str) -> str:
    return f"(select count(*) from {name} where area_for_improvement_id = {_AREA}.id)"


_VIEWS = (
    f"""create view v_improvement as select
    {_WORDS}.id as id, inspection_id, provider, framework, kind, title, started, ended, number, text, finding_kind,
    timescale, audience, themes, owner, due_on as due, action_status.label as status,
    case when action_status.is_open = 0 then 'no' else 'yes' end as is_open, rag_rating.label as rag, rag_reason,
    impact, {_counted("action")} as actions, {_counted("progress_note")} as progress_notes,
    {_counted("evidence")} as evidence
    from {_WORDS} join (select id, owner, due_on, status_id, rag_id, rag_reason, impact from {_AREA}) as {_AREA}
    on {_AREA}.id = {_WORDS}.id
    left join action_status on action_status.id = status_id left join rag_rating on rag_rating.id = rag_id""",
    f"""create view v_actions as select
    action.id as id, area_for_improvement_id, quote_id, coalesce({_AREA}.inspection_id, quote.inspection_id)
    as inspection_id, coalesce({_AREA}.text, quote.text) as about, action.position as number, action.text as action,
    success_measure, action.owner as owner, action.due_on as due, action_status.label as status,
    case when action_status.is_open = 0 then 'no' else 'yes' end as is_open
    from action left join {_AREA} on {_AREA}.id = area_for_improvement_id
    left join quote on quote.id = quote_id left join action_status on action_status.id = action.status_id""",
    f"""create view v_verdicts as select
    verdict.id as id, area_for_improvement_id, earlier.inspection_id as inspection_id, earlier.text as text,
    verdict.inspection_id as later_inspection_id, case verdict.verdict {_VERDICT} end as verdict,
    quote.text as quote, quote.page as page, quote.paragraph as paragraph, verdict.text as said, later_area_id,
    later.text as later_text
    from verdict join {_AREA} as earlier on earlier.id = area_for_improvement_id
    left join quote on quote.id = quote_id left join {_AREA} as later on later.id = later_area_id""",
)
STATEMENTS = (*_FACTS, *_COLUMNS, *_TABLES, *_INDEXES, *_VIEWS)


def fill(db: Any) -> None:
    """Say in the data dictionary what the new tables, views and columns mean."""
    said = tomllib.loads(files("db.schema").joinpath("m008_dictionary.toml").read_text(encoding="utf-8"))
    lines = ((name, column, meaning) for name, columns in said.items() for column, meaning in columns.items())
    db.conn.executemany("insert into data_dictionary (view_or_table, column_name, meaning) values (?, ?, ?)", lines)
