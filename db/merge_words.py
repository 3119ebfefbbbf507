"""A merge in words: what a record is called, which fields differ and how, how many came in."""

from collections import Counter
from collections.abc import Iterable, Mapping

from db import deadlines
from db.dates import PartialDate, period
from db.field_words import name_of
from db.frameworks import AreaStrand
from db.improvement_records import (
    VERDICTS,
    Action,
    CommitteeReport,
    Evidence,
    ProgressNote,
    StatutoryDate,
    Verdict,
)
from db.records import (
    AUDIENCES,
    DOCUMENT_KINDS,
    PROVIDER_KINDS,
    SPECIAL_VALUES,
    TONES,
    VOICES,
    AreaForImprovement,
    Document,
    Inspection,
    Judgement,
    Quote,
    Record,
    RecordType,
)

Names = Mapping[str, Record]
_CODES: dict[tuple[RecordType, str], Mapping[str, str]] = {
    (RecordType.PROVIDER, "kind"): PROVIDER_KINDS,
    (RecordType.DOCUMENT, "kind"): DOCUMENT_KINDS,
    (RecordType.QUOTE, "voice"): VOICES,
    (RecordType.QUOTE, "tone"): TONES,
    (RecordType.AREA_FOR_IMPROVEMENT, "audience"): AUDIENCES,
    (RecordType.JUDGEMENT, "special"): SPECIAL_VALUES,
    (RecordType.VERDICT, "verdict"): VERDICTS,
}
_NOUNS = {
    RecordType.AREA_FOR_IMPROVEMENT: ("area for improvement", "areas for improvement"),
    RecordType.INSPECTION_KIND: ("kind of inspection", "kinds of inspection"),
    RecordType.FINDING_KIND: ("kind of finding", "kinds of finding"),
    RecordType.AREA_STRAND: ("match of an area and a strand", "matches of areas and strands"),
    RecordType.EVENT_THEME: ("published theme", "published themes"),
    RecordType.ACTION_STATUS: ("status", "statuses"),
    RecordType.RAG_RATING: ("RAG rating", "RAG ratings"),
    RecordType.EVIDENCE: ("piece of evidence", "pieces of evidence"),
}
_FIRST = tuple(RecordType(name) for name in "inspection judgement quote area_for_improvement document action".split())
LONGEST_TITLE = 140


def noun(record_type: RecordType, count: int = 1) -> str:
    """What records of a kind are called: "inspection", "areas for improvement"."""
    word = record_type.value.replace("_", " ")
    one, many = _NOUNS.get(record_type, (word, f"{word}s"))
    return one if count == 1 else many


def counted(records: Iterable[Record]) -> str:
    """How many of which kind: "2 inspections, 5 quotes and 1 document"; empty for none."""
    counts = Counter(record.record_type for record in records)
    order = sorted(counts, key=lambda kind: (kind not in _FIRST, _FIRST.index(kind) if kind in _FIRST else 0, kind))
    parts = [f"{counts[kind]:,} {noun(kind, counts[kind])}" for kind in order]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def title(record: Record, names: Names) -> str:
    """A record in one line, with where it belongs."""
    match record:
        case Inspection():
            when = period(record.started_on, record.ended_on) or "date not known"
            parts = [_title(record.provider_id, names), _title(record.kind_id, names), when]
        case Judgement():
            value = _title(record.grade_id, names) or SPECIAL_VALUES.get(record.special or "", record.grade_as_printed)
            parts = [f"{_title(record.area_id, names)}: {value}", _title(record.inspection_id, names)]
        case Quote() | AreaForImprovement():
            parts = [f"“{_cut(record.text)}”", _title(record.inspection_id, names)]
        case Action() | ProgressNote():
            parts = [f"“{_cut(record.text)}”", _title(getattr(record, "area_for_improvement_id", None), names)]
        case Evidence():
            shown = _cut(record.text) or record.address or _title(record.quote_id or record.document_id, names)
            parts = [shown, _title(record.area_for_improvement_id, names)]
        case CommitteeReport():
            parts = [record.committee, _title(record.area_for_improvement_id, names)]
        case Verdict():
            parts = [VERDICTS[record.verdict], _title(record.area_for_improvement_id, names)]
        case StatutoryDate():
            parts = [deadlines.label_of(record.deadline), _title(record.inspection_id, names)]
        case Document():
            parts = [record.title, _title(record.provider_id, names)]
        case AreaStrand():
            parts = [_title(record.area_id, names), _title(record.strand_id, names)]
        case _:
            parts = [getattr(record, "label", "") or getattr(record, "name", "")]
    return ", ".join(filter(None, parts))


def _title(record_id: str | None, names: Names) -> str:
    record = names.get(record_id or "")
    return title(record, names) if record else ""


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[:LONGEST_TITLE]}…"


def value(record: Record, field: str, names: Names) -> str:
    """A field's value as a person reads it; empty where there is none."""
    found = getattr(record, field)
    if codes := _CODES.get((record.record_type, field)):
        return codes.get(found or "", "")
    match found:
        case None:
            return ""
        case bool():
            return "Yes" if found else "No"
        case PartialDate():
            return str(found)
        case tuple():
            return "; ".join(_title(key, names) for key in found)
        case _ if field.endswith("_id"):
            return _title(found, names)
    return str(found)


def in_words(record: Record | None, which: Iterable[str], names: Names) -> str:
    """The given fields of one version, one on a line; all that it says where it stands on one side only."""
    if record is None:
        return "Removed."
    lines = ((name_of(record.record_type, name), value(record, name, names)) for name in tuple(which) or _told(record))
    return "\n".join(f"{name[:1].upper()}{name[1:]}: {words or 'nothing'}" for name, words in lines)


def _told(record: Record) -> tuple[str, ...]:
    """The fields that say something, for a record that stands on one side only."""
    names = (name for name in record.__dataclass_fields__ if name not in {"id", "position", "shipped", "is_verified"})
    return tuple(name for name in names if getattr(record, name) not in ("", None, (), False) and name != "file_sha256")
