"""The sentence for each rule of the schema: what is wrong, and how to put it right."""

import re
import sqlite3
from collections.abc import Mapping, Set

from db.errors import RuleBroken

NAMES = {
    "lead_inspector": "Lead inspector",
    "dates_as_printed": "Dates as printed",
    "published_as_printed": "Publication as printed",
    "grade_as_printed": "Grade as printed",
    "report_address": "Address of the report",
    "text": "The text",
    "speaker_role": "Role of the speaker",
    "group_label": "Heading",
    "words_from": "Words taken from",
    "urn": "URN",
    "la_code": "LA code",
    "success_measure": "Success measure",
    "rag_reason": "Reason for the RAG rating",
    "due_on": "Due date",
    "noted_on": "Date of the note",
    "reported_on": "Date of the meeting",
    "done_on": "Date on which it was met",
    "reason": "Reason for the date",
}
_ORDER = {
    "ended_on": "The end date must be the same as or after the start date",
    "second_ended_on": "The end of the second period must be the same as or after its start",
    "second_started_on": "The second period must start on or after the end of the first",
    "in_force_to": "The last day in force must be the same as or after the first",
}
_ONCE = {
    "provider_name_once": "There is already a provider with this name. Choose it from the list, or enter another name",
    "theme_name_once": "There is already a theme with this name. Enter another name",
    "judgement_once": "This area has a judgement already. Change that one",
    "statutory_date_once": "This inspection has that date already. Change that one",
    "judgement_area_label_once": "This framework already has an area with this name in the group. Enter another name",
}
_WHOLE = {
    "judgement_one_value": "Choose one grade, or Not judged, or Not known",
    "quote_about_one_thing": "Choose either a judgement area or a strand",
    "grade_key_free": "Choose another key: N means Not judged and K means Not known",
    "area_for_improvement_rag_needs_a_reason": "Enter the reason for the RAG rating",
    "action_for_one_thing": "An action is for one area for improvement or for one quote",
    "evidence_one_thing": "Choose one quote, one document or one web address",
    "evidence_something": "Enter what shows it: a quote, a document, a web address or a few words",
    "verdict_not_of_itself": "An area for improvement cannot be raised again by itself. Choose a later one",
    "statutory_date_reason_needed": "Enter the reason for the date",
    "document_file_size_limit": "The file is larger than 50 MB. Keep a smaller copy of it, or its address",
}


def name_of(column: str) -> str:
    """What a person calls a column: "lead_inspector" is "Lead inspector"."""
    words = column.removesuffix("_id").replace("_", " ")
    return NAMES.get(column, words[:1].upper() + words[1:])


def explained(error: sqlite3.IntegrityError, tables: Mapping[str, str]) -> RuleBroken:
    """Find the sentence for a refused edit.

    Args:
        tables: the SQL of every table, on one line, by its name.
    """
    text = str(error)
    if found := re.search(r"CHECK constraint failed: (\w+)", text):
        rule = found[1]
        table = next((name for name, sql in tables.items() if f" {rule} " in sql), "")
        said = _sentence(rule, rule.removeprefix(f"{table}_"), _limits(rule, tables.get(table, "")))
        return RuleBroken(f"{said}.", rule, _column(rule, table))
    if found := re.search(r"UNIQUE constraint failed: (\w+)\.(\w+)(?:.*\.(\w+))?", text):
        return _once(found[1], found[3] or found[2])
    if found := re.search(r"NOT NULL constraint failed: (\w+)\.(\w+)", text):
        return RuleBroken(f"Enter {_lower(name_of(found[2]))}.", found[0], found[2])
    return RuleBroken(f"The file refused this change ({text}).")


def _limits(rule: str, sql: str) -> list[str]:
    """The numbers that a rule names: one for a length, two for a range."""
    check = re.search(rf"constraint {rule} check (.*?)(?:, constraint|$)", sql)
    return re.findall(r"\b\d+\b", check[1]) if check else []


def _sentence(rule: str, rest: str, limits: list[str]) -> str:
    if rule in _WHOLE:
        return _WHOLE[rule]
    for ending, sentence in _ORDER.items():
        if rest.startswith(f"{ending}_not_before"):
            return sentence
    column, _, what = rest.rpartition("_")
    match what, limits:
        case "needed", _:
            return f"Enter {_lower(name_of(column))}"
        case "length", [most]:
            return f"{name_of(column)} must be {int(most):,} character{'' if most == '1' else 's'} or fewer"
        case "exists", _:
            return f"{name_of(column)} must be a real date, like 9 May 2022, May 2022 or 2022"
        case "known", _:
            return f"Choose {_lower(name_of(column))} from the list"
        case "range", [first, last]:
            return f"{name_of(column)} must be a whole number from {first} to {last}"
    return f"{name_of(rest)} is not allowed"


def _column(rule: str, table: str) -> str:
    rest = rule.removeprefix(f"{table}_")
    if "_not_before_" in rest:
        return rest.partition("_not_before_")[0]
    return re.sub(r"_(needed|length|exists|range|known|is_yes_or_no)$", "", rest)


def _once(table: str, column: str) -> RuleBroken:
    rule = f"{table}_{column}_once" if f"{table}_{column}_once" in _ONCE else f"{table}_once"
    sentence = _ONCE.get(rule, f"{name_of(column)} must be different: there is one with the same already")
    return RuleBroken(sentence + ".", rule, column)


def _lower(words: str) -> str:
    return words if words.isupper() or words.startswith(("URN", "LA ")) else words[:1].lower() + words[1:]


USED_BY = {
    "inspection": "inspection",
    "judgement": "judgement",
    "quote": "quote",
    "quote_theme": "quote",
    "area_for_improvement": "area for improvement",
    "area_for_improvement_theme": "area for improvement",
    "document": "document",
    "document_inspection": "document",
    "framework": "framework",
    "inspection_kind": "kind of inspection",
    "judgement_area": "judgement area",
    "area_strand": "judgement area",
    "grade": "grade",
    "event_theme": "published theme",
    "action": "action",
    "progress_note": "progress note",
    "evidence": "piece of evidence",
    "committee_report": "committee report",
    "verdict": "verdict",
    "statutory_date": "statutory date",
}


def leads_nowhere(broken: Mapping[tuple[str, str], int], gone: Set[str]) -> RuleBroken:
    """The sentence for references that are left without their record.

    Args:
        broken: how many, for each table that refers and the table that is referred to.
        gone: the tables from which the edit removed a record.
    """
    users = {table: count for (table, other), count in broken.items() if other in gone}
    if users:
        return still_used(*max(users.items(), key=lambda item: item[1]))
    return RuleBroken("This belongs to something that was removed. Restore that first.", "leads_nowhere")


def still_used(table: str, count: int) -> RuleBroken:
    """The sentence for removing something that other records still name."""
    word = USED_BY.get(table, "record")
    plural = {"area for improvement": "areas for improvement", "piece of evidence": "pieces of evidence"}.get(
        word, word + "s"
    )
    plural = plural.replace("kind of inspections", "kinds of inspection")
    said = f"1 {word} uses" if count == 1 else f"{count} {plural} use"
    return RuleBroken(f"This cannot be removed: {said} it. Change or remove them first.", "still_used")
