"""A report to a draft inspection: each field with the line that it came from, how sure it is, and why not.

Nothing is guessed: what is not printed stays empty. Which rules are followed is decided by the title
(`resources/reading/layouts.toml`), the framework by the inspection's first day.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from desktop_app.reading.draft_facts import holds_facts, read_dates, read_lead, read_published
from desktop_app.reading.draft_headings import with_headings
from desktop_app.reading.draft_improvements import areas_of, is_ended_by_body
from desktop_app.reading.draft_judgements import Judged, is_complete, read_judgements
from desktop_app.reading.draft_kind import framework_by_date, framework_found, kind_found
from desktop_app.reading.draft_labels import body_headings
from desktop_app.reading.draft_letters import date_of_letter, dates_of_letter, inspectors_of_letter, theme_of_letter
from desktop_app.reading.draft_lines import Strip, plain, strips_of_page, strips_of_text
from desktop_app.reading.draft_rules import Layout, facts, rules
from desktop_app.reading.draft_sections import heading_words, sections
from desktop_app.reading.draft_sentences import has_sentences, read_sentences
from desktop_app.reading.draft_title import Title, read_title
from desktop_app.reading.draft_values import Certainty, Draft, DraftArea, DraftJudgement, Found, Period
from desktop_app.reading.page_values import Pages
from desktop_app.reading.paragraph_values import Kind, Paragraph
from desktop_app.reading.paragraphs import from_pages, from_text

_TITLE_PAGES = 3
_LAST_PAGES = 2
_RUNNING_PAGES = slice(1, 3)
_EDGE = 0.1  # of the height of a page, where running heads and footers stand

_FEWEST_ROWS = 3  # that tell a layout without its title

_BY_ROWS = "The title is none of those that the program knows. This follows from the rows of the table. Check it."
_NO_ROW = "The report prints no judgement on “{}” that could be read. Look at the report."


@dataclass(frozen=True, slots=True)
class _Document:
    """What a draft is read from.

    `first` are the lines of the title page, or of the first pages where it does not hold the facts; `more` gives those
    of all first pages, `other` those of pages further back where a table or a name may stand.
    """

    first: list[list[Strip]]
    more: Callable[[], list[list[Strip]]]
    other: Callable[[], list[list[Strip]]]
    running: list[Strip]
    paragraphs: list[Paragraph]
    bullet_of: Callable[[Paragraph], str]


def from_report(pages: Pages, paragraphs: list[Paragraph] | None = None) -> Draft:
    """The draft of a PDF's pages.

    Args:
        paragraphs: those of the same pages, where they were made already.

    Raises:
        CannotRead: it has no words, only pictures of pages.
    """
    paragraphs = from_pages(pages) if paragraphs is None else paragraphs
    running = [strip for page in pages.pages[_RUNNING_PAGES] for strip in strips_of_page(page, edge=_EDGE)]
    texts = {page.number: page.text for page in pages.pages}

    @cache
    def more() -> list[list[Strip]]:
        return [strips_of_page(page) for page in pages.pages[:_TITLE_PAGES]]

    def other() -> list[list[Strip]]:
        wanted = {page.number for page in pages.pages[-_LAST_PAGES:]}
        wanted |= {paragraph.page or 0 for paragraph in paragraphs if _heads_a_table(paragraph)}
        return [strips_of_page(page) for page in pages.pages[_TITLE_PAGES:] if page.number in wanted]

    first = [strips_of_page(pages.pages[0])]
    if not holds_facts(first[0]):
        first = more()
    return _draft(_Document(first, more, other, running, paragraphs, lambda each: _bullet(each, texts)))


def from_pasted(text: str) -> Draft:
    """The draft of a report's words without its pages."""
    strips = strips_of_text(text)
    paragraphs = from_text(_with_headings_apart(text))
    return _draft(_Document([strips], lambda: [strips], list, [], paragraphs, lambda _: ""))


def _heads_a_table(paragraph: Paragraph) -> bool:
    return paragraph.kind is Kind.HEADING and bool(rules().table_headings.fullmatch(heading_words(paragraph.text)))


def _bullet(paragraph: Paragraph, texts: dict[int, str]) -> str:
    """The sign before an item's words."""
    if not paragraph.pieces:
        return ""
    piece = paragraph.pieces[0]
    return texts[piece.page][max(0, piece.start - 4) : piece.start].strip()[-1:]


def _with_headings_apart(text: str) -> str:
    """Pasted text in which the headings that the rules know stand between empty lines."""
    known = [rule.heading for rule in rules().lists] + [rules().ends] + [pattern for _, pattern in rules().timescales]
    lines = []
    for line in text.splitlines():
        words = heading_words(line)
        is_heading = bool(words) and len(words) < 100 and any(pattern.fullmatch(words) for pattern in known)
        is_of_body = words.startswith(body_headings())
        lines += ["", line, ""] if is_heading else ["", line] if is_of_body else [line]
    return "\n".join(lines)


def _draft(document: _Document) -> Draft:
    title = read_title(document.first)
    layout = title.layout
    numbers = [each.number for each in document.paragraphs if each.number is not None and each.kind is Kind.PARAGRAPH]
    dates = read_dates(document.first, document.running)
    if layout is None and (guessed := _layout_by_rows(document, dates)):
        found = _draft_of(guessed, title, dates, document, numbers)
        return replace(found, framework=_doubted(found.framework, _BY_ROWS), kind=_doubted(found.kind, _BY_ROWS))
    if layout is None:
        return Draft(
            title=title.title,
            provider=title.provider,
            periods=dates,
            published_on=read_published(document.first),
            lead_inspector=read_lead(document.first, document.paragraphs),
            numbered_paragraphs=len(numbers),
            last_paragraph_number=numbers[-1] if numbers else None,
        )
    if layout.is_letter and not dates.value:
        dates = dates_of_letter(document.paragraphs)
    return _draft_of(layout, title, dates, document, numbers)


def _layout_by_rows(document: _Document, dates: Found[tuple[Period, ...]]) -> Layout | None:
    """The layout whose areas the rows of the table name, where the title is none that is known."""
    for layout in rules().layouts:
        judged = _judged(layout, framework_by_date(layout, dates), document)
        if sum(bool(judgement.grade.value) for judgement in judged.judgements) >= _FEWEST_ROWS:
            return layout
    return None


def _doubted(found: Found[str], doubt: str) -> Found[str]:
    return replace(found, certainty=Certainty.DOUBTFUL, doubts=(doubt,)) if found.value else found


def _draft_of(
    layout: Layout, title: Title, dates: Found[tuple[Period, ...]], document: _Document, numbers: list[int]
) -> Draft:
    by_date = framework_by_date(layout, dates)
    judged = _judged(layout, by_date, document)
    framework = framework_found(layout, judged.framework or by_date, dates, judged.framework_doubts)
    kind = kind_found(layout, framework.value or "", dates, document.first[0])
    judgements = [*judged.judgements]
    if not layout.is_letter and framework.value:
        by_area = {judgement.area_code: judgement for judgement in judgements}
        judgements = [*with_headings(by_area, framework.value, document.paragraphs).values()]
        known = {judgement.area_code for judgement in judgements}
        names_board = "safeguarding children board" in plain(title.title.value or "")
        kind_code = kind.value if kind.value == "sif_lscb_only" or not names_board else ""
        said = read_sentences(framework.value, kind_code or "", document.first, document.paragraphs)
        if not said and has_sentences(framework.value):
            said = read_sentences(framework.value, kind_code or "", document.more(), document.paragraphs)
        judgements += [judgement for judgement in said if judgement.area_code not in known]
    lead = read_lead(document.first, document.paragraphs)
    published = read_published(document.first)
    if layout.is_letter:
        lead = lead if lead.value else inspectors_of_letter(document.paragraphs, _signed(document))
        published = published if published.value else date_of_letter(document.first[0])
    return Draft(
        layout=layout.name,
        is_letter=layout.is_letter,
        title=title.title,
        framework=framework,
        kind=kind,
        provider=title.provider,
        periods=dates,
        published_on=published,
        lead_inspector=lead,
        theme=theme_of_letter(document.paragraphs) if layout.is_letter else Found(),
        judgements=_in_order(judgements, framework.value or ""),
        areas=_areas(layout, document),
        doubts=(*judged.doubts, *_missing(layout, framework.value, kind.value, judgements)),
        numbered_paragraphs=len(numbers),
        last_paragraph_number=numbers[-1] if numbers else None,
    )


def _signed(document: _Document) -> list[Strip]:
    return [strip for strips in (*document.more(), *document.other()) for strip in strips]


def _judged(layout: Layout, by_date: str, document: _Document) -> Judged:
    graded = tuple(code for code in layout.frameworks if facts().areas[code])
    if layout.is_letter or not graded:
        return Judged(by_date, (), ())
    judged = read_judgements(document.first, graded, by_date)
    if not is_complete(judged):
        judged = read_judgements(document.more(), graded, by_date)
    return judged if judged.judgements else read_judgements(document.other(), graded, by_date)


def _missing(
    layout: Layout, framework: str | None, kind: str | None, judgements: list[DraftJudgement]
) -> list[Found[str]]:
    """A doubt for each area of the framework that nothing was read of."""
    if layout.is_letter or not framework:
        return []
    known = {judgement.area_code for judgement in judgements}
    areas = [area for area in facts().judged(framework, kind or "") if area.is_graded and area.code not in known]
    return [Found(certainty=Certainty.DOUBTFUL, doubts=(_NO_ROW.format(area.label),)) for area in areas]


def _in_order(judgements: list[DraftJudgement], framework: str) -> tuple[DraftJudgement, ...]:
    places = {area.code: area.position for area in facts().areas.get(framework, [])}
    return tuple(sorted(judgements, key=lambda judgement: places.get(judgement.area_code, 0)))


def _areas(layout: Layout, document: _Document) -> tuple[DraftArea, ...]:
    found: list[DraftArea] = []
    skip_roots: tuple[str, ...] = ()
    for section in sections(document.paragraphs, layout):
        if skip_roots and section.roots[: len(skip_roots)] == skip_roots:
            continue
        found += areas_of(section, document.bullet_of)
        skip_roots = section.roots if is_ended_by_body(section) else ()
    return tuple(found)
