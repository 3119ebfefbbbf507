"""Step 5: the file explains itself to other programs: views in words, a data dictionary, the licence.

No view uses a JSON function or a search index: with trusted_schema=OFF neither would open. The words for
codes are written out, because a shipped step stays as it is; a test compares them with `db.records`.
"""

import tomllib
from importlib.resources import files
from typing import Any

PROVIDER_KINDS = {
    "local_authority": "Council’s children’s services",
    "setting": "Children’s home or other setting",
    "agency": "Agency",
    "partnership": "Local area partnership",
}
VOICES = {
    "inspectors": "Inspectors",
    "council": "Council: politician or officer",
    "committee": "Committee member",
    "other": "Someone else",
}
TONES = {"strength": "Strength", "concern": "Concern", "mixed": "Mixed", "neutral": "Neutral"}
AUDIENCES = {
    "local_authority": "Local authority",
    "lscb": "Local Safeguarding Children Board",
    "partnership": "Partnership",
    "setting": "Registered setting",
}
DOCUMENT_KINDS = {
    "report": "Inspection report",
    "letter": "Inspection letter",
    "press_release": "Press release",
    "minutes": "Minutes",
    "article": "Article",
    "cabinet_paper": "Cabinet or committee paper",
    "data_sheet": "Data sheet",
    "other": "Other",
}
SPECIAL_VALUES = {"not_judged": "Not judged", "not_known": "Not known"}
MATCHES = {"exact": "same subject", "close": "close", "partial": "partly comparable"}


def _words(column: str, known: dict[str, str]) -> str:
    whens = " ".join(f"when '{code}' then '{words}'" for code, words in known.items())
    return f"case {column} {whens} end"


def _yes(condition: str) -> str:
    return f"case when {condition} then 'yes' else 'no' end"


def _listed(values: str, rows: str) -> str:
    """The values of some rows as one text, in the order of the rows (SQLite 3.40 has no ORDER BY in group_concat)."""
    return f"(select group_concat(listed, '; ') from (select {values} as listed from {rows}))"


def _themes(owner: str) -> str:
    rows = (
        f"{owner}_theme join theme on theme.id = theme_id where {owner}_id = {owner}.id order by {owner}_theme.position"
    )
    return _listed("theme.name", rows)


_SHORT_NAME = (
    "case when substr(provider.name, -15) = ' County Council' then substr(provider.name, 1, length(provider.name) - 15)"
    " when substr(provider.name, -8) = ' Council' then substr(provider.name, 1, length(provider.name) - 8)"
    " else provider.name end"
)
_AREA = f"replace(judgement_area.label, '[authority]', {_SHORT_NAME})"
_EVENT = """join provider on provider.id = inspection.provider_id
    join inspection_kind on inspection_kind.id = inspection.kind_id
    join framework on framework.id = inspection_kind.framework_id"""
_EVENT_COLUMNS = """provider.name as provider, framework.name as framework, inspection_kind.label as kind,
    inspection.title as title, inspection.started_on as started, inspection.ended_on as ended"""
_WHEN = "coalesce(inspection.started_on, inspection.ended_on, inspection.published_on) nulls last"
_GRADE = f"coalesce(grade.label, {_words('judgement.special', SPECIAL_VALUES)})"

_JUDGEMENTS = f"""create view v_judgements as select
    judgement.id as id, judgement.inspection_id as inspection_id, {_EVENT_COLUMNS},
    judgement_area.position as printed_order, judgement_area.group_label as area_group, {_AREA} as area,
    {_yes("judgement_area.is_headline")} as is_headline, {_GRADE} as grade, {_yes("grade.id is not null")} as is_graded,
    judgement.grade_as_printed as grade_as_printed, grade.rank as place_on_scale, grade_scale.name as scale
    from judgement join inspection on inspection.id = judgement.inspection_id {_EVENT}
    join judgement_area on judgement_area.id = judgement.area_id
    left join grade on grade.id = judgement.grade_id
    left join grade_scale on grade_scale.id = grade.scale_id"""

_HEADLINES = _listed(
    "area || case area_group when '' then '' else ' (' || area_group || ')' end || ': ' "
    "|| coalesce(grade, grade_as_printed)",
    "v_judgements where inspection_id = inspection.id and is_headline = 'yes' order by printed_order",
)
_INSPECTORATES = _listed(
    "inspectorate.name",
    "framework_inspectorate join inspectorate on inspectorate.id = inspectorate_id "
    "where framework_id = framework.id order by framework_inspectorate.position",
)
_INSPECTIONS = f"""create view v_inspections as select
    inspection.id as id, provider.name as provider, {_words("provider.kind", PROVIDER_KINDS)} as provider_kind,
    framework.name as framework, {_INSPECTORATES} as inspectorates, inspection_kind.label as kind,
    inspection.title as title, inspection.started_on as started, inspection.ended_on as ended,
    inspection.second_started_on as second_period_started, inspection.second_ended_on as second_period_ended,
    inspection.dates_as_printed as dates_as_printed, inspection.published_on as published,
    inspection.published_as_printed as published_as_printed, inspection.received_on as received,
    inspection.lead_inspector as lead_inspector, inspection.team as team, inspection.theme as theme,
    {_HEADLINES} as headline_grades,
    (select count(*) from judgement where inspection_id = inspection.id) as judgements,
    (select count(*) from quote where inspection_id = inspection.id) as quotes,
    (select count(*) from area_for_improvement where inspection_id = inspection.id) as areas_for_improvement,
    inspection.report_address as report_address, inspection.notes as notes
    from inspection {_EVENT} where framework.is_inspection = 1
    order by {_WHEN}, inspection.row"""

_SOURCE = f"""document.title as source, {_words("document.kind", DOCUMENT_KINDS)} as source_kind,
    document.publisher as publisher, document.published_on as source_published, document.address as source_address"""
_QUOTES = f"""create view v_quotes as select
    quote.id as id, quote.inspection_id as inspection_id, {_EVENT_COLUMNS},
    quote.position as number, quote.text as text, {_SOURCE}, quote.page as page, quote.paragraph as paragraph,
    coalesce({_AREA}, strand.label) as about, judgement_area.group_label as about_group,
    {_words("quote.voice", VOICES)} as said_by, quote.speaker as speaker, quote.speaker_role as speaker_role,
    {_yes("quote.is_reported_speech")} as is_reported_speech, {_words("quote.tone", TONES)} as tone,
    {_themes("quote")} as themes, {_yes("quote.document_id is null")} as is_draft
    from quote join inspection on inspection.id = quote.inspection_id {_EVENT}
    left join document on document.id = quote.document_id
    left join judgement_area on judgement_area.id = quote.area_id
    left join strand on strand.id = quote.strand_id"""

_NAMED = "area_for_improvement"
_AREAS = f"""create view v_areas_for_improvement as select
    {_NAMED}.id as id, {_NAMED}.inspection_id as inspection_id, {_EVENT_COLUMNS},
    row_number() over (partition by {_NAMED}.inspection_id order by {_NAMED}.position, {_NAMED}.row) as number,
    {_NAMED}.text as text, finding_kind.label as finding_kind, timescale.label as timescale,
    {_words(f"{_NAMED}.audience", AUDIENCES)} as audience, {_NAMED}.group_label as heading,
    {_SOURCE}, {_NAMED}.page as page, {_NAMED}.paragraph as paragraph, {_NAMED}.words_from as words_from,
    {_themes(_NAMED)} as themes
    from {_NAMED} join inspection on inspection.id = {_NAMED}.inspection_id {_EVENT}
    join finding_kind on finding_kind.id = {_NAMED}.finding_kind_id
    left join timescale on timescale.id = {_NAMED}.timescale_id
    left join document on document.id = {_NAMED}.document_id"""

_TIMELINE = f"""create view v_timeline as select
    inspection.id as inspection_id, {_EVENT_COLUMNS}, {_yes("framework.is_inspection")} as is_inspection,
    strand.label as strand, {_words("area_strand.match", MATCHES)} as match,
    judgement_area.group_label as area_group, {_AREA} as area, {_GRADE} as grade,
    judgement.grade_as_printed as grade_as_printed, grade.rank as place_on_scale, grade_scale.name as scale
    from inspection {_EVENT}
    left join judgement on judgement.inspection_id = inspection.id
    left join judgement_area on judgement_area.id = judgement.area_id
    left join area_strand on area_strand.area_id = judgement_area.id
    left join strand on strand.id = area_strand.strand_id
    left join grade on grade.id = judgement.grade_id
    left join grade_scale on grade_scale.id = grade.scale_id
    order by {_WHEN}, inspection.row, judgement_area.position, strand.position"""

STATEMENTS = (
    _JUDGEMENTS,
    _INSPECTIONS,
    _QUOTES,
    _AREAS,
    _TIMELINE,
    "create table data_dictionary (\n"
    "    row integer primary key,\n"
    "    view_or_table text not null,\n"
    "    column_name text not null default '',\n"
    "    meaning text not null,\n"
    "    constraint data_dictionary_once unique (view_or_table, column_name)\n"
    ") strict",
    "create table about_this_file (\n"
    "    row integer primary key,\n"
    "    key text not null unique,\n"
    "    value text not null\n"
    ") strict",
    "create table manifest (\n"
    "    row integer primary key,\n"
    "    record_type text not null,\n"
    "    field text not null default '',\n"
    "    reason text not null,\n"
    "    constraint manifest_once unique (record_type, field)\n"
    ") strict",
)


def fill(db: Any) -> None:
    """Write the data dictionary and what the file says of itself, from the texts that belong to this step."""
    texts = tomllib.loads(files("db.schema").joinpath("m005_dictionary.toml").read_text(encoding="utf-8"))
    about = texts.pop("about_this_file_rows")
    lines = ((table, column, meaning) for table, columns in texts.items() for column, meaning in columns.items())
    db.conn.executemany("insert into data_dictionary (view_or_table, column_name, meaning) values (?, ?, ?)", lines)
    db.conn.executemany("insert into about_this_file (key, value) values (?, ?)", about.items())
