"""The sections of a committee paper: sentences of facts, the inspectors' words, and gaps for the author."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from db import timeline_words as words
from db.records import AUDIENCES, VOICES, AreaForImprovement, Document, Quote
from desktop_app.exchange.briefing_judgements import JudgementRow
from desktop_app.exchange.briefing_material import Material, dates_of
from desktop_app.exchange.briefing_values import (
    Block,
    Bullet,
    Cell,
    Paragraph,
    Quotation,
    Section,
    Subheading,
    Table,
    ToWrite,
)

# The headings under which the cabinet report of 29 February 2012 lists its implications.
IMPLICATIONS = (
    "Finance",
    "Staffing",
    "Risk",
    "Equality and diversity",
    "Accommodation",
    "Crime and disorder",
    "Human rights",
    "Consultation",
    "Procurement",
    "Disability issues",
    "Legal implications",
)
_OWN_WORDS = ("report", "letter")
_WAYS = {
    "up": ("is up", "are up"),
    "down": ("is down", "are down"),
    "same": ("is the same", "are the same"),
    "other": ("cannot be compared", "cannot be compared"),
    "": ("has no earlier one", "have no earlier one"),
}


def section(key: str, material: Material, quotes: Sequence[Quote]) -> Section:
    """One of SECTIONS; `quotes` are those that a person picked."""
    if key == "findings":
        return Section(key, tuple(_findings(material, quotes)))
    return Section(key, tuple(_BLOCKS[key](material)))


def _purpose(material: Material) -> Iterator[Block]:
    lists, inspection = material.lists, material.inspection
    kind = words.lowered(lists.kinds[inspection.kind_id].label)
    when = dates_of(inspection) or "the dates of which are not known"
    yield Paragraph(f"This report gives the outcome of the {kind} of {_provider(material)}, {when}.")
    yield ToWrite("what the committee is asked to consider")


def _provider(material: Material) -> str:
    return material.lists.providers[material.inspection.provider_id].name


def _background(material: Material) -> Iterator[Block]:
    lists, inspection = material.lists, material.inspection
    framework = lists.framework_of(inspection.kind_id)
    names = [lists.inspectorates[key].name for key in framework.inspectorate_ids if key in lists.inspectorates]
    yield Paragraph(f"{framework.name}. Inspected by: {'; '.join(names)}." if names else f"{framework.name}.")
    if inspection.title:
        yield Paragraph(f"The report is called “{inspection.title}”.")
    if inspection.theme:
        yield Paragraph(f"What was looked at: {inspection.theme}.")
    if inspection.lead_inspector:
        yield Paragraph(f"Lead inspector: {inspection.lead_inspector}.")
    if inspection.published_on:
        yield Paragraph(f"The report was published: {inspection.published_on}.")
    yield from _scale(material)


def _scale(material: Material) -> Iterator[Block]:
    areas = material.lists.areas_of(material.inspection.kind_id)
    grades = material.lists.grades_of(areas[0]) if areas else []
    if not grades:
        return
    if not any(grade.meaning for grade in grades):
        yield Paragraph(f"Judgements are made on this scale: {', '.join(grade.label for grade in grades)}.")
        return
    yield Paragraph("Judgements are made on this scale.")
    yield Table(
        "The scale of the judgements",
        "Each grade with its meaning, the best first.",
        ("Grade", "Meaning"),
        tuple((_numbered(grade.label, grade.printed_number), grade.meaning) for grade in grades),
        (30, 70),
    )


def _numbered(label: str, number: str) -> str:
    return f"{label} ({number})" if number else label


def _judgements(material: Material) -> Iterator[Block]:
    if not material.rows:
        yield Paragraph("This inspection gives no grades.")
        return
    yield Paragraph(
        "Each judgement stands beside the one before it on the same subject. Where scale or subject changed, "
        "the two are not comparable, and the table says so."
    )
    for group, rows in groupby(material.rows, key=lambda row: row.group):
        yield Table(
            group or "Judgements of this inspection",
            "Each judgement with its grade, the judgement before it and the movement in words.",
            ("Judgement", "Grade", "Previous judgement", "Movement"),
            tuple((row.label, row.grade, row.previous, row.movement) for row in rows),
            (32, 18, 25, 25),
        )


def _findings(material: Material, quotes: Sequence[Quote]) -> Iterator[Block]:
    """The inspectors under the subjects, then the other voices, each apart."""
    if not quotes:
        yield ToWrite("key findings; no quotation was chosen")
        return
    documents = material.document_of
    yield Paragraph("The words of the report and of others are quoted exactly as their sources print them.")
    said = sorted((one for one in quotes if one.voice == "inspectors"), key=lambda one: _subject(material, one))
    for (_, heading), group in groupby(said, key=lambda one: _subject(material, one)):
        yield Subheading(heading)
        yield from (quotation(one, documents) for one in group)
    for voice, label in VOICES.items():
        others = [one for one in quotes if one.voice == voice and voice != "inspectors"]
        if others:
            yield Subheading(label)
            yield from (quotation(one, documents) for one in others)


def _subject(material: Material, quote: Quote) -> tuple[int, str]:
    """Where a quote stands among the subjects, and what its heading is."""
    lists = material.lists
    if strand := lists.strands.get(quote.strand_id or ""):
        return strand.position, strand.label
    if area := lists.areas.get(quote.area_id or ""):
        links = [one for one in lists.area_strands.values() if one.area_id == area.id]
        if links and area.is_lane:
            strand = lists.strands[links[0].strand_id]
            return strand.position, strand.label
        return 1000 + area.position, lists.area_label(area, material.inspection.provider_id)
    return 10_000, "Other findings"


def quotation(quote: Quote, documents: dict[str, Document]) -> Quotation:
    """A quote with its reference; of the report or letter itself the paragraph or the page is enough."""
    document = documents.get(quote.document_id or "")
    speaker = ", ".join(filter(None, (quote.speaker, quote.speaker_role)))
    number = f"para {quote.paragraph}" if quote.paragraph else f"page {quote.page}" if quote.page else ""
    source = _named(document, documents) if document and (document.kind not in _OWN_WORDS or not number) else ""
    parts = filter(None, (speaker, number, source))
    return Quotation(quote.text, "; ".join(parts), is_reported_speech=quote.is_reported_speech)


def _named(document: Document, documents: dict[str, Document]) -> str:
    """The publisher, where it has published only one of the documents; the background papers cite it in full."""
    publishers = [one.publisher for one in documents.values()]
    return document.publisher if publishers.count(document.publisher) == 1 else _cited(document)


def _cited(document: Document) -> str:
    when = str(document.published_on) if document.published_on else document.published_as_printed
    return ", ".join(filter(None, (document.publisher, document.title, when)))


def _improvements(material: Material) -> Iterator[Block]:
    if not material.areas:
        yield ToWrite("areas for improvement; none is recorded in the file")
        return
    yield Paragraph("The inspectors say what needs to improve. Where the words come from another source, it is named.")
    named = sorted(material.areas, key=lambda one: _kind(material, one))
    for (audience, label), group in groupby(named, key=lambda one: _kind(material, one)[1:]):
        yield _table_of(material, label if audience == "local_authority" else f"{label}: {AUDIENCES[audience]}", group)
    without = [
        what
        for what, is_known in (("owners", lambda one: one.owner), ("timescales", lambda one: _timescale(material, one)))
        if not all(is_known(one) for one in material.areas)
    ]
    if without:
        yield ToWrite(f"{' and '.join(without)}, where the file records none")


def _kind(material: Material, area: AreaForImprovement) -> tuple[int, str, str]:
    kind = material.lists.finding_kinds[area.finding_kind_id]
    order = list(AUDIENCES).index(area.audience) * 100 - kind.weight
    return order, area.audience, kind.label


def _table_of(material: Material, caption: str, areas: Iterable[AreaForImprovement]) -> Table:
    return Table(
        caption,
        "Each item in the inspectors’ words, with a column for the owner and one for the timescale.",
        ("No.", "What needs to improve", "Owner", "Timescale"),
        tuple(
            (str(number), _worded(area), area.owner, _timescale(material, area)) for number, area in enumerate(areas, 1)
        ),
        (8, 52, 20, 20),
    )


def _timescale(material: Material, area: AreaForImprovement) -> str:
    """When it is due, as the council set it, else as the report groups it."""
    if area.due_on:
        return f"by {area.due_on}"
    return material.lists.timescales[area.timescale_id].label if area.timescale_id else ""


def _worded(area: AreaForImprovement) -> str:
    number = f"para {area.paragraph}" if area.paragraph else f"page {area.page}" if area.page else ""
    words_from = f"in the words of {area.words_from}" if area.words_from else ""
    reference = "; ".join(filter(None, (number, words_from)))
    return f"{area.text} ({reference})" if reference else area.text


def _changes(material: Material) -> Iterator[Block]:
    if not material.since:
        yield Paragraph("No earlier inspection is recorded.")
        return
    yield Paragraph("Inspections before this one, from the last one with grades on:")
    yield from (Bullet(material.lists.name_of(one)) for one in material.since)
    if material.rows:
        yield Paragraph(f"Judgements against those before: {_counted(material.rows)}.")
    if material.raised:
        names = {one.id: material.lists.name_of(one) for one in material.since}
        yield Table(
            "What inspectors asked for then",
            "Each item that earlier inspections named, with a column for what has been done and said since.",
            ("Named in", "What needed to improve", "What has been done, and what inspectors said since"),
            tuple((names[one.inspection_id], _worded(one), material.said_since(one)) for one in material.raised),
            (25, 45, 30),
        )
    yield ToWrite("what has been done since, and what difference it made")


def _counted(rows: Sequence[JudgementRow]) -> str:
    parts = []
    for way, (one, many) in _WAYS.items():
        if count := sum(row.way == way for row in rows):
            parts.append(f"{count} {one if count == 1 else many}")
    return ", ".join(parts)


def _risks(material: Material) -> Iterator[Block]:
    del material
    yield ToWrite("risks, and what is done about them")


def _recommendations(material: Material) -> Iterator[Block]:
    del material
    yield ToWrite("what the committee is recommended to decide, with reasons")


def _papers(material: Material) -> Iterator[Block]:
    if not material.documents:
        yield ToWrite("background papers; the file records no document")
        return
    for document in material.documents:
        address = document.address if document.address.startswith(("https://", "http://")) else ""
        yield Bullet(", ".join(filter(None, (_cited(document), address))))


def _implications(material: Material) -> Iterator[Block]:
    del material
    rows: tuple[tuple[Cell, ...], ...] = tuple((name, ToWrite()) for name in IMPLICATIONS)
    yield Table(
        "Implications",
        "Each kind of implication with what the author has to say about it.",
        ("Kind", "Implications"),
        rows,
        (30, 70),
    )


_BLOCKS: dict[str, Callable[[Material], Iterator[Block]]] = {
    "purpose": _purpose,
    "background": _background,
    "judgements": _judgements,
    "improvements": _improvements,
    "changes": _changes,
    "risks": _risks,
    "recommendations": _recommendations,
    "papers": _papers,
    "implications": _implications,
}
