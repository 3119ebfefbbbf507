"""What each field of a record is called inside a sentence, in the words of its form.

Fields that share a name are one thing to a person: what a quote is about is an area or a strand.
"""

from db.records import RecordType

_SOURCE = {"inspection_id": "inspection", "document_id": "source", "position": "place"}
_OF_AN_AREA = {"area_for_improvement_id": "area for improvement", "position": "place"}
_NAMES: dict[RecordType, dict[str, str]] = {
    RecordType.INSPECTION: {
        "provider_id": "provider",
        "kind_id": "kind",
        "started_on": "start date",
        "ended_on": "end date",
        "second_started_on": "second period start",
        "second_ended_on": "second period end",
        "published_on": "published",
        "received_on": "report received",
        "dates_as_printed": "dates as printed",
        "published_as_printed": "publication as printed",
        "title": "title",
        "lead_inspector": "lead inspector",
        "theme": "theme or focus",
        "team": "team",
        "notes": "your notes",
        "report_address": "web address of the report",
    },
    RecordType.JUDGEMENT: {
        "inspection_id": "inspection",
        "area_id": "judgement area",
        "grade_id": "grade",
        "special": "grade",
        "grade_as_printed": "wording as printed",
    },
    RecordType.QUOTE: {
        **_SOURCE,
        "text": "quote",
        "page": "page",
        "paragraph": "paragraph",
        "area_id": "about",
        "strand_id": "about",
        "tone": "tone",
        "voice": "said by",
        "speaker": "speaker",
        "speaker_role": "role",
        "is_reported_speech": "reported speech",
        "is_kept_as_printed": "kept as printed",
        "theme_ids": "themes",
    },
    RecordType.AREA_FOR_IMPROVEMENT: {
        **_SOURCE,
        "text": "inspectors’ words",
        "finding_kind_id": "kind",
        "timescale_id": "timescale",
        "audience": "audience",
        "page": "page",
        "paragraph": "paragraph",
        "group_label": "heading printed over it",
        "theme_ids": "themes",
        "words_from": "whose words",
        "owner": "owner",
        "due_on": "due date",
        "status_id": "status",
        "rag_id": "RAG rating",
        "rag_reason": "reason for the RAG rating",
        "impact": "impact",
    },
    RecordType.ACTION: {
        **_OF_AN_AREA,
        "quote_id": "quote",
        "text": "what will be done",
        "success_measure": "success measure",
        "owner": "owner",
        "due_on": "due date",
        "status_id": "status",
    },
    RecordType.PROGRESS_NOTE: {**_OF_AN_AREA, "noted_on": "date", "text": "what was reached", "author": "author"},
    RecordType.EVIDENCE: {
        **_OF_AN_AREA,
        "text": "what it shows",
        "quote_id": "quote",
        "document_id": "document",
        "address": "web address",
    },
    RecordType.COMMITTEE_REPORT: {
        **_OF_AN_AREA,
        "committee": "committee",
        "reported_on": "date of the meeting",
        "notes": "your notes",
    },
    RecordType.VERDICT: {
        **_OF_AN_AREA,
        "inspection_id": "later inspection",
        "verdict": "verdict",
        "quote_id": "quote",
        "later_area_id": "area that raises it again",
        "text": "sentence or remark",
    },
    RecordType.STATUTORY_DATE: {
        "inspection_id": "inspection",
        "deadline": "what is due",
        "due_on": "due on another day",
        "reason": "reason for the other day",
        "done_on": "met on",
    },
    RecordType.DOCUMENT: {
        "provider_id": "provider",
        "title": "title",
        "kind": "kind",
        "publisher": "publisher",
        "published_on": "date",
        "published_as_printed": "date as printed",
        "address": "web address",
        "file_name": "copy kept inside",
        "file_sha256": "copy kept inside",
        "inspection_ids": "about these inspections",
        "notes": "your notes",
    },
    RecordType.INSPECTION_KIND: {"name": "name in its framework", "label": "name in lists"},
}
_OF_FACTS = {
    "is_verified": "confirmed in a source",
    "is_lane": "drawn on the timeline’s lane of its strand",
    "is_graded": "graded",
    "is_headline": "a headline judgement",
    "is_ordered": "the grades have an order",
    "is_on_timeline": "shown on the timeline",
    "is_inspection": "these events are inspections",
    "is_per_setting": "inspects single homes or agencies",
    "is_placeholder": "announced only",
    "is_open": "something is left to do",
    "in_force_from": "in force from",
    "in_force_to": "in force to",
    "dates_note": "note on the dates",
    "scale_note": "note on the scale",
    "label": "name",
    "short_name": "short name",
    "parent_id": "part of",
    "position": "place in the list",
    "key": "key that sets it",
    "initials": "initials on a mark",
    "tone": "colour",
    "rank": "rank",
    "printed_number": "number as printed",
    "variants": "printed wordings",
    "words": "words that suggest it",
    "share": "per cent of published areas for improvement",
    "left_out_area_ids": "areas that it does not judge",
    "urn": "URN",
    "la_code": "LA code",
    "match": "how well it matches",
}


def name_of(record_type: RecordType, field: str) -> str:
    """What a field is called, such as "lead inspector"."""
    own = _NAMES.get(record_type, {}).get(field) or _OF_FACTS.get(field)
    return own or field.removesuffix("_ids").removesuffix("_id").replace("_", " ")


def noun(record_type: RecordType) -> str:
    """What a record is called: "area for improvement"."""
    return record_type.value.replace("_", " ")
