"""Grades that headings of the body repeat: they confirm what the table says, or stand in where it could not be read."""

import re
from collections.abc import Iterator
from dataclasses import replace

from desktop_app.reading.draft_grades import code_of, is_on_scale, split_tail
from desktop_app.reading.draft_labels import bare, has_row
from desktop_app.reading.draft_lines import plain
from desktop_app.reading.draft_rules import facts
from desktop_app.reading.draft_values import Certainty, DraftJudgement, Found, Source, source_of
from desktop_app.reading.paragraph_values import Kind, Paragraph

_BEFORE = re.compile(
    r"^(?:the )?(?:graded )?(?:judge?ment|grade) (?:for|about|of|on) (?:the )?|^(?:the )?experiences? and progress of "
)
_AFTER = re.compile(r"(?:,? (?:is|are)(?: judged to be)?(?: that (?:it|they)(?: (?:is|are))?)?|[\s:–-]+)$")
_EARLIER = re.compile(r"previous|last inspection|earlier|mean")

_DIFFERS = "The table says “{}”, the heading on page {} says “{}”."
_INSTEAD = "No grade could be read in the table. The heading on page {} says “{}”. Check it."


def with_headings(
    found: dict[str, DraftJudgement], framework: str, paragraphs: list[Paragraph]
) -> dict[str, DraftJudgement]:
    """The judgements, doubted where a heading gives another grade, and filled where the table gave none.

    Args:
        found: what the table says, by area.
    """
    named = _names(framework)
    for words, printed, heading in _graded(paragraphs):
        code, grade = named.get(_core(words), ""), code_of(printed)
        if not code or not is_on_scale(grade, framework):
            continue
        judgement, source = found.get(code), source_of(heading)
        if judgement is None or judgement.grade.value is None:
            found[code] = _stood_in(judgement, code, words, grade, printed, source)
        elif judgement.grade.value != grade:
            found[code] = replace(judgement, grade=_differing(judgement.grade, printed, source))
    return found


def _names(framework: str) -> dict[str, str]:
    """The areas by the core of their labels, where it names only one."""
    cores: dict[str, list[str]] = {}
    for area in facts().areas.get(framework, []):
        if has_row(area):
            cores.setdefault(_core(area.label), []).append(area.code)
    return {core: codes[0] for core, codes in cores.items() if len(codes) == 1}


def _core(label: str) -> str:
    """A label without the words that headings and tables put before it, or leave out."""
    words, longer = bare(label), ""
    while words != longer:
        longer, words = words, _AFTER.sub("", _BEFORE.sub("", words))
    return words


def _graded(paragraphs: list[Paragraph]) -> Iterator[tuple[str, str, Paragraph]]:
    """Headings that end with a grade, or that one stands under as a heading of its own."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.kind is not Kind.HEADING:
            before = None
            continue
        if code_of(paragraph.text):
            if before is not None and not _is_of_another_time(before):
                yield before.text, paragraph.text, before
            continue
        words, tail = split_tail(paragraph.text)
        if tail and code_of(tail) and not _is_of_another_time(paragraph):
            yield words, tail, paragraph
        before = paragraph


def _is_of_another_time(heading: Paragraph) -> bool:
    return bool(_EARLIER.search(plain(" ".join(heading.headings))))


def _stood_in(
    judgement: DraftJudgement | None, code: str, words: str, grade: str, printed: str, source: Source
) -> DraftJudgement:
    doubts = judgement.grade.doubts if judgement else ()
    value = Found(
        value=grade,
        as_printed=printed.strip(" .;,"),
        sources=(source,),
        certainty=Certainty.DOUBTFUL,
        doubts=(*doubts, _INSTEAD.format(source.page, printed)),
    )
    label = judgement.label_as_printed if judgement else words.strip(" :–-")
    return DraftJudgement(area_code=code, label_as_printed=label, grade=value)


def _differing(grade: Found[str], printed: str, source: Source) -> Found[str]:
    doubt = _DIFFERS.format(grade.as_printed, source.page, printed)
    return replace(grade, certainty=Certainty.DOUBTFUL, doubts=(*grade.doubts, doubt), sources=(*grade.sources, source))
