"""Makes a file of any size from the sample's sentences, the same each time for the same size.

python -m benchmarks.generate OUT.sqlite [QUOTES]
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from db import sample
from db.catalogue import shipped
from db.dates import PartialDate
from db.edit import Edit
from db.records import Inspection, Provider, Quote, Record
from db.store import Store

QUOTES_EACH = 25  # of an inspection
INSPECTIONS_PER_EDIT = 40
PROVIDERS = 153  # the authorities of England


def make(path: Path, quotes: int) -> None:
    """Write a file with that many quotes, and an inspection for every 25 of them."""
    store = Store.create(path)
    try:
        for edit in _edits(quotes):
            store.apply(edit, "Generate")
    finally:
        store.close()


def _edits(quotes: int) -> Iterator[Edit]:
    chance = random.Random(quotes)
    ids = (str(UUID(int=number)) for number in range(1, sys.maxsize))
    said = [record for _, edit in sample.edits(shipped()) for record in edit.after]
    spoken = [record for record in said if isinstance(record, Quote)]
    held = [record for record in said if isinstance(record, Inspection)]
    words = [word for quote in spoken for word in quote.text.split()]
    providers = [Provider(id=next(ids), name=f"County {number} Council") for number in range(1, PROVIDERS + 1)]
    yield Edit(after=tuple(providers))
    batch: list[Record] = []
    for place in range(0, quotes, QUOTES_EACH):
        like = held[(place // QUOTES_EACH) % len(held)]
        started_on = PartialDate(chance.randint(2009, 2025), chance.randint(1, 12), chance.randint(1, 28))
        provider_id = chance.choice(providers).id
        dates: dict[str, Any] = {"started_on": started_on, "ended_on": None, "published_on": None}
        inspection = replace(like, id=next(ids), provider_id=provider_id, **dates)
        batch.append(inspection)
        for position in range(min(QUOTES_EACH, quotes - place)):
            quote = chance.choice(spoken)
            changes: dict[str, Any] = {
                "id": next(ids),
                "inspection_id": inspection.id,
                "position": position,
                "document_id": None,
            }
            batch.append(replace(quote, text=_varied(quote.text, words, chance), **changes))
        if len(batch) > INSPECTIONS_PER_EDIT * QUOTES_EACH:
            yield Edit(after=tuple(batch))
            batch = []
    if batch:
        yield Edit(after=tuple(batch))


def _varied(text: str, words: list[str], chance: random.Random) -> str:
    """The sentence with every tenth word or so exchanged for another of the sample's."""
    return " ".join(chance.choice(words) if chance.random() < 0.1 else word for word in text.split())


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
