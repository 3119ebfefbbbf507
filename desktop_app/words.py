"""What a file holds, in words; shared by the dialogs about files."""

from collections.abc import Mapping

from db.copy import Contents
from db.records import RecordType

_NOUNS = {
    RecordType.INSPECTION: ("inspection", "inspections"),
    RecordType.JUDGEMENT: ("judgement", "judgements"),
    RecordType.QUOTE: ("quote", "quotes"),
    RecordType.AREA_FOR_IMPROVEMENT: ("area for improvement", "areas for improvement"),
    RecordType.DOCUMENT: ("document", "documents"),
    RecordType.ACTION: ("action", "actions"),
    RecordType.PROGRESS_NOTE: ("progress note", "progress notes"),
    RecordType.EVIDENCE: ("piece of evidence", "pieces of evidence"),
    RecordType.COMMITTEE_REPORT: ("committee report", "committee reports"),
    RecordType.VERDICT: ("verdict", "verdicts"),
    RecordType.STATUTORY_DATE: ("statutory date", "statutory dates"),
}


def contents_in_words(held: Contents | None) -> str:
    """ "9 inspections, 42 judgements, 102 quotes ..."; None is a file that cannot be read."""
    if held is None:
        return "It cannot be read."
    counts = (
        (held.inspections, "inspection", "inspections"),
        (held.other_events, "other event", "other events"),
        (held.judgements, "judgement", "judgements"),
        (held.quotes, "quote", "quotes"),
        (held.areas_for_improvement, "area for improvement", "areas for improvement"),
        (held.documents, "document", "documents"),
        (held.kept_files, "kept file", "kept files"),
    )
    words = [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]
    if not words:
        return "No inspections yet, only the frameworks and lists."
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] + "."


def size_in_words(size_bytes: int) -> str:
    """ "1.2 MB", in thousands, as file managers say it."""
    for unit, bytes_each in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size_bytes >= bytes_each:
            return f"{size_bytes / bytes_each:.1f} {unit}"
    return f"{size_bytes} bytes"


def records_in_words(counts: Mapping[RecordType, int]) -> str:
    """ "3 quotes, 1 judgement"; frameworks, grades, themes and the like are "entries of the lists"; empty for none."""
    shown = {kind: count for kind, count in counts.items() if kind in _NOUNS and count}
    parts = [f"{count:,} {_NOUNS[kind][count != 1]}" for kind, count in shown.items()]
    if others := sum(count for kind, count in counts.items() if kind not in _NOUNS):
        parts.append(f"{others:,} {'entry' if others == 1 else 'entries'} of the lists")
    return ", ".join(parts)
