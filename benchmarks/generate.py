"""Makes a file of any size from the sample's sentences, the same each time for the same size.

    python -m benchmarks.generate OUT.sqlite [QUOTES]

For every 25 quotes there is an inspection with its judgements, 10 areas for improvement, and a report of 60
paragraphs. 50,000 quotes are a national file: 153 authorities, 2,000 inspections, 20,000 areas, 120,000 paragraphs.
"""

import hashlib
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from uuid import UUID

from db import history, passages, sample
from db.catalogue import shipped
from db.dates import PartialDate
from db.edit import Edit
from db.frameworks import Theme
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider, Quote, Record
from db.rows import shape, to_row
from db.store import Store

NATIONAL = 50_000
QUOTES_EACH, AREAS_EACH, PARAGRAPHS_EACH = 25, 10, 60  # of an inspection
INSPECTIONS_PER_DEED = 40
PROVIDERS = 153  # the authorities of England
TONES = ("strength", "concern", "mixed", "neutral", None)
SPEAKERS = ("Emma Lewell", "Louise Pearce", "Zoë Ryan", "Council leader", "")


@dataclass(frozen=True, slots=True)
class _Said:
    """What the sample holds to be varied."""

    inspections: Sequence[Inspection]
    judgements: Sequence[Judgement]
    quotes: Sequence[Quote]
    areas: Sequence[AreaForImprovement]
    words: Sequence[str]
    theme_ids: Sequence[str]


def make(path: Path, quotes: int, *, paragraphs_each: int = PARAGRAPHS_EACH) -> None:
    """Write a file with that many quotes and all that goes with them; none must stand there."""
    store = Store.create(path)
    try:
        for records, paragraphs in _deeds(quotes, paragraphs_each):
            with store.connection.write() as raw:
                _write(raw, records, paragraphs)
                history.add(raw, Edit(after=tuple(records)), "Generate")
        with store.connection.write() as raw:
            passages.rebuild(raw)
    finally:
        store.close()


def _write(raw: Connection, records: Sequence[Record], paragraphs: Sequence[tuple[Any, ...]]) -> None:
    """Write records as the store does, but without the index, which is made once at the end."""
    for document in (one for one in records if isinstance(one, Document) and one.file_sha256):
        content = document.id.encode()
        raw.execute(
            "insert into document_file (sha256, size, bytes) values (?, ?, ?)",
            (document.file_sha256, len(content), content),
        )
    for record_class in dict.fromkeys(type(record) for record in records):
        lies, group = shape(record_class), [one for one in records if type(one) is record_class]
        _insert(raw, lies.table, lies.columns, [tuple(to_row(one).values()) for one in group])
        for link in lies.links:
            rows = [(one.id, other, n) for one in group for n, other in enumerate(getattr(one, link.field))]
            _insert(raw, link.table, (link.owner_column, link.other_column, "position"), rows)
    columns = ("sha256", "place", "number", "page", "end_page", "section", "text")
    _insert(raw, "document_paragraph", columns, paragraphs)


def _insert(raw: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns))
    raw.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", rows)


def _deeds(quotes: int, paragraphs_each: int) -> Iterator[tuple[list[Record], list[tuple[Any, ...]]]]:
    chance = random.Random(quotes)
    ids = (str(UUID(int=number)) for number in range(1, sys.maxsize))
    said = _said()
    providers = [Provider(id=next(ids), name=f"County {number} Council") for number in range(1, PROVIDERS + 1)]
    yield list(providers), []
    records: list[Record] = []
    paragraphs: list[tuple[Any, ...]] = []
    for place in range(0, quotes, QUOTES_EACH):
        count = min(QUOTES_EACH, quotes - place)
        family = _family(said, chance.choice(providers).id, place // QUOTES_EACH, count, ids, chance)
        records += family
        report = next(one for one in family if isinstance(one, Document))
        paragraphs += _paragraphs(said, str(report.file_sha256), paragraphs_each, chance)
        if place // QUOTES_EACH % INSPECTIONS_PER_DEED == INSPECTIONS_PER_DEED - 1:
            yield records, paragraphs
            records, paragraphs = [], []
    if records:
        yield records, paragraphs


def _said() -> _Said:
    records = [record for _, edit in sample.edits(shipped()) for record in edit.after]
    quotes = [record for record in records if isinstance(record, Quote)]
    return _Said(
        [record for record in records if isinstance(record, Inspection)],
        [record for record in records if isinstance(record, Judgement)],
        quotes,
        [record for record in records if isinstance(record, AreaForImprovement)],
        [word for quote in quotes for word in quote.text.split()],
        [fact.id for fact in shipped() if isinstance(fact, Theme)],
    )


def _family(
    said: _Said, provider_id: str, place: int, quotes: int, ids: Iterator[str], chance: random.Random
) -> list[Record]:
    """An inspection like one of the sample, at another place and time, with what hangs on it."""
    like = said.inspections[place % len(said.inspections)]
    started_on = PartialDate(chance.randint(2009, 2025), chance.randint(1, 12), chance.randint(1, 28))
    end = started_on.first_day + timedelta(days=11)
    inspection = replace(
        like,
        id=next(ids),
        provider_id=provider_id,
        started_on=started_on,
        ended_on=PartialDate(end.year, end.month, end.day),
        second_started_on=None,
        second_ended_on=None,
        published_on=None,
    )
    key = next(ids)
    report = Document(
        id=key,
        provider_id=provider_id,
        title=f"Inspection report {place + 1}",
        file_name="report.pdf",
        file_sha256=hashlib.sha256(key.encode()).hexdigest(),
        inspection_ids=(inspection.id,),
    )
    judgements = [
        replace(one, id=next(ids), inspection_id=inspection.id)
        for one in said.judgements
        if one.inspection_id == like.id
    ]
    rows = [*_quotes(said, inspection, report, quotes, ids, chance), *_areas(said, inspection, report, ids, chance)]
    return [inspection, report, *judgements, *rows]


def _quotes(
    said: _Said, inspection: Inspection, report: Document, count: int, ids: Iterator[str], chance: random.Random
) -> Iterator[Quote]:
    for position in range(count):
        yield replace(
            chance.choice(said.quotes),
            id=next(ids),
            inspection_id=inspection.id,
            document_id=report.id,
            position=position,
            text=_varied(chance.choice(said.quotes).text, said.words, chance),
            page=position // 4 + 1,
            paragraph=position + 1,
            tone=chance.choice(TONES),
            speaker=chance.choice(SPEAKERS) if chance.random() < 0.2 else "",
            theme_ids=tuple(chance.sample(said.theme_ids, chance.randint(0, 2))),
        )


def _areas(
    said: _Said, inspection: Inspection, report: Document, ids: Iterator[str], chance: random.Random
) -> Iterator[AreaForImprovement]:
    for position in range(AREAS_EACH):
        yield replace(
            chance.choice(said.areas),
            id=next(ids),
            inspection_id=inspection.id,
            document_id=report.id,
            position=position,
            text=_varied(chance.choice(said.areas).text, said.words, chance),
        )


def _paragraphs(said: _Said, sha256: str, count: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """Rows of paragraphs as long as those of a report, each with a name that hardly any other has."""
    for place in range(1, count + 1):
        text = " ".join(quote.text for quote in chance.choices(said.quotes, k=2))
        text = f"{_varied(text, said.words, chance)} Family hub {chance.randrange(10**6)} is one of them."
        page = place // 5 + 1
        yield sha256, place, place, page, page, "Findings", text


def _varied(text: str, words: Sequence[str], chance: random.Random) -> str:
    """The sentence with every tenth word or so exchanged for another of the sample's."""
    parts = text.split()
    for _ in range(len(parts) // 10 + 1):
        parts[chance.randrange(len(parts))] = chance.choice(words)
    return " ".join(parts)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else NATIONAL)
