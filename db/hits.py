"""The hits that are shown: read from the records, with an excerpt cut around the words that were searched."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from db import document_text
from db.highlight import Ranges, excerpt, marks, on_original
from db.matches import Query
from db.passages import Group, group_of
from db.records import RecordType
from db.search_words import Typed, two_words
from db.searchable import FIELDS, WHOLE, Searchable, Source, joined, read
from db.text import fold

ABOUT_LETTERS = 100
_NOWHERE = Source()


@dataclass(frozen=True, slots=True)
class Hit:
    """One record, or paragraph of a document, that was found.

    `excerpt` is cut from the original text of `field`, and `marks` are the ranges of the searched words in it, in
    characters. `heading` names provider and inspection; `about` is the start of the record's main text where the
    words stand in another, or of the next text that holds the rest of them. `inspection_id` is empty for a document
    that is linked to none. A hit that is not `is_exact` holds other forms of the words. `text` is the main text
    whole. Of a paragraph of a document `place` counts from 1, `paragraph` is the number printed beside it, and
    `title` is the document's.
    """

    record_type: RecordType
    record_id: str
    inspection_id: str
    field: str
    heading: str
    excerpt: str
    marks: Ranges
    about: str = ""
    is_exact: bool = True
    group: Group = Group.QUOTE
    text: str = ""
    title: str = ""
    page: int | None = None
    paragraph: int | None = None
    place: int | None = None
    source: Source = _NOWHERE

    @property
    def key(self) -> str:
        """What tells this hit from all others."""
        return self.record_id if self.place is None else f"{self.record_id}/{self.place}"

    @property
    def where(self) -> str:
        """Page and paragraph in words: "page 3, paragraph 17"."""
        numbers = (("page", self.page), ("paragraph", self.paragraph))
        return ", ".join(f"{word} {number}" for word, number in numbers if number is not None)

    def reference(self, *, with_provider: bool = False) -> str:
        """As a paper cites it: "ILACS 2022, paragraph 33"; the page where no paragraph is known."""
        numbered = f"paragraph {self.paragraph}" if self.paragraph is not None else self.where
        return joined(self.source.provider if with_provider else "", self.source.short or self.title, numbered)


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of the index with what it was made of; `texts` are its fields, the main one first."""

    row: int
    group: Group
    record: Searchable
    texts: Mapping[str, str]
    page: int | None
    paragraph: int | None
    place: int | None = None


def read_hits(raw: Connection, query: Query, rows: Sequence[int], typed: Typed) -> dict[int, Hit]:
    """The hits of some rows of the index, by row; one whose record is gone is left out."""
    found = list(_read(raw, rows))
    texts = [(one.row, name, text, fold(text)) for one in found for name, text in one.texts.items()]
    marked: dict[tuple[int, str], Ranges] = {}
    if query.marked and texts:
        _mark(marked, query.index, texts, query.marked)
        with_marks = {row for row, _ in marked}
        bare = [each for each in texts if each[0] not in with_marks]
        apart = [
            f'"{two}"' + ("*" if word.is_open else "")
            for word in typed.wanted
            for two in two_words(word.text, least_letters=1)
        ]
        if bare and apart:  # typed as one word, written as two
            _mark(marked, query.index, bare, " OR ".join(apart))
    return {one.row: _hit(one, marked, typed, is_exact=query.index == "words") for one in found}


def _mark(
    marked: dict[tuple[int, str], Ranges], index: str, texts: Sequence[tuple[int, str, str, str]], expression: str
) -> None:
    """Find the words in the texts, and note the ranges of the originals by row and field."""
    for place, ranges in marks(index, [folded for *_, folded in texts], expression).items():
        row, name, text, folded = texts[place]
        marked[row, name] = on_original(text, folded, ranges)


def _read(raw: Connection, rows: Sequence[int]) -> Iterable[_Found]:
    passages = raw.execute(
        "select row, record_type, record_id, field from passage where row in (select value from json_each(?))",
        (json.dumps(list(rows)),),
    ).fetchall()
    ids: dict[str, dict[str, None]] = {}
    for _, record_type, record_id, _ in passages:
        ids.setdefault(record_type, {})[record_id] = None
    records = {
        one.record_id: one
        for record_type, keys in ids.items()
        for one in read(raw, RecordType(record_type), keys, with_paragraphs=False)
    }
    for row, record_type, record_id, name in passages:
        record = records.get(record_id)
        if record is None:
            continue
        if name == WHOLE:
            yield _Found(row, group_of(record_type, name), record, record.fields, record.page, record.paragraph)
        elif paragraph := document_text.at(raw, record_id, int(name)):
            texts = {"text": paragraph.text}
            yield _Found(row, Group.PARAGRAPH, record, texts, paragraph.page, paragraph.number, paragraph.place)


def _hit(found: _Found, marked: Mapping[tuple[int, str], Ranges], typed: Typed, *, is_exact: bool) -> Hit:
    record, texts = found.record, found.texts
    main = "text" if found.group == Group.PARAGRAPH else FIELDS[record.record_type][0]
    holding = [name for name in texts if marked.get((found.row, name))]
    name = holding[0] if holding else next(iter(texts))
    line, ranges = excerpt(texts[name], marked.get((found.row, name), ()))
    about = "" if name == main or main == "name" else _cut(texts.get(main, ""))
    if len(holding) > 1 and not all(word.text in fold(texts[name]) for word in typed.wanted):
        about = _cut(texts[holding[1]])
    return Hit(
        record.record_type,
        record.record_id,
        record.inspection_id,
        name,
        record.source.heading,
        line,
        ranges,
        about,
        is_exact,
        found.group,
        texts.get(main, ""),
        record.fields.get("title", "") if record.record_type == RecordType.DOCUMENT else "",
        found.page,
        found.paragraph,
        found.place,
        record.source,
    )


def _cut(text: str) -> str:
    return text if len(text) <= ABOUT_LETTERS else text[:ABOUT_LETTERS].rsplit(None, 1)[0] + "…"
