"""Judgements that stand in a sentence, not in a row: overall effectiveness and the board, in the single inspection."""

import re
from collections.abc import Iterator
from dataclasses import replace

from desktop_app.reading.draft_grades import GRADE, code_of, goes_on
from desktop_app.reading.draft_judgements import doubted, grade_found
from desktop_app.reading.draft_labels import bare
from desktop_app.reading.draft_lines import Strip, plain, source_of
from desktop_app.reading.draft_rules import facts
from desktop_app.reading.draft_values import DraftJudgement, Source
from desktop_app.reading.draft_values import source_of as source_of_paragraph
from desktop_app.reading.paragraph_values import Kind, Paragraph

_VERB = (
    r"(?:\s+(?:is|are|has been judged(?: to be)?|have been judged(?: to be)?|(?:is|are) judged(?: to be)?)"
    r"(?: that (?:it|they)(?: (?:is|are))?)?)?:?"
)
_PLACE = r"(?:[^.0-9]|\bst\.)"  # letters of a name; "St." is no sentence's end
_SERVICES = r"(?:children's (?:social care )?services|services for children(?: and young people)?)"
_BOARD = r"(?:safeguarding children(?:'s)? board|lscb|the board)(?:\s*\([^)]{2,40}\))?"
_END = r"[.]?[0-9]?(?:,? because:?)?"
_SENTENCES = {
    "sif_overall": re.compile(
        r"(?P<label>(?:the )?overall judgement(?: is that (?:the )?(?:local authority(?:'s)? )?(?:children's )?services"
        rf"(?: (?:in|for|of) {_PLACE}{{2,90}}?)?|(?: of|:)? [^.]{{0,90}}?)?"
        rf"|(?:the )?overall effectiveness(?: of {_PLACE}{{2,120}}?)?"
        rf"|{_SERVICES} (?:in|for|at|provided by|delivered by) {_PLACE}{{2,110}}?){_VERB}\s+(?P<grade>{GRADE}){_END}"
    ),
    "sif_lscb": re.compile(
        r"(?P<label>(?:the )?(?:graded |overall )?(?:judgement (?:of|on|about|for|is that) )?(?:the )?"
        r"(?:effectiveness of (?:the )?)?"
        rf"{_PLACE}{{0,110}}?{_BOARD}(?: (?:for|of|in) {_PLACE}{{2,110}}?)?"
        rf"|(?:the )?arrangements (?:in place )?to evaluate the effectiveness of [^.]{{10,220}}?){_VERB}"
        rf"\s+(?P<grade>{GRADE}){_END}"
    ),
}
_MAY_BEGIN = {
    "sif_overall": re.compile(r"(?:the )?overall (?:judgement|effectiveness)|children's |services for children"),
    "sif_lscb": re.compile("the |arrangements|judgement|overall|.*(?:safeguarding|lscb)"),
}
_BOARDS = re.compile("safeguarding children")
_NOT_HERE = re.compile(r"previous|last inspection|\bif\b|mean")
_HAS_GRADE = re.compile("outstanding|good|adequate|improvement", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.:])\s+(?=[A-Z‘“])|(?<=good|ment|uate|ding) because\b")
_LONGEST_SENTENCE = 400
_MOST_LINES = 5
_IN_TEXT = "Only a sentence of the text says so, no heading. Check it."
_ALSO_SAID = "The report says “{}” here, and “{}” on page {}."


def has_sentences(framework: str) -> bool:
    """Whether a framework's reports print a judgement as a sentence."""
    return any(area.code in _SENTENCES for area in facts().areas[framework])


def read_sentences(
    framework: str, kind: str, pages: list[list[Strip]], paragraphs: list[Paragraph]
) -> list[DraftJudgement]:
    """The judgements that a sentence of the first pages or a heading gives.

    Args:
        kind: its framework's areas that it leaves out are not looked for; all are where it is empty.
    """
    judged = {area.code for area in facts().judged(framework, kind)}
    found = []
    for code, pattern in _SENTENCES.items():
        if code in judged:
            said = [*_in_lines(pages, pattern, _MAY_BEGIN[code]), *_in_headings(paragraphs, pattern)]
            judgement = _judgement(code, framework, said)
            if judgement is None and (judgement := _judgement(code, framework, [*_in_text(paragraphs, pattern)])):
                judgement = replace(judgement, grade=doubted(judgement.grade, _IN_TEXT))
            if judgement:
                found.append(judgement)
    return found


def _judgement(code: str, framework: str, said: list[tuple[str, str, Source]]) -> DraftJudgement | None:
    """The first that was said; another that differs makes it doubtful."""
    if not said:
        return None
    label, printed, source = said[0]
    grade = grade_found(printed, code_of(printed), framework, source)
    for _, other, where in said[1:]:
        if code_of(other) != grade.value:
            grade = doubted(grade, _ALSO_SAID.format(printed, other, where.page))
            break
    return DraftJudgement(area_code=code, label_as_printed=label, grade=grade)


def _in_lines(
    pages: list[list[Strip]], pattern: re.Pattern[str], beginnings: re.Pattern[str]
) -> Iterator[tuple[str, str, Source]]:
    for strips in pages:
        for at, strip in enumerate(strips):
            if beginnings.match(strip.plain) and (said := _from_line(strips, at, pattern)):
                yield said


def _from_line(strips: list[Strip], at: int, pattern: re.Pattern[str]) -> tuple[str, str, Source] | None:
    """The shortest run of lines that makes the sentence, with the rest of a grade that wraps."""
    for length in range(1, _MOST_LINES + 1):
        lines = strips[at : at + length]
        words = " ".join(line.text for line in lines)
        if found := _said(words, pattern):
            after = strips[at + length : at + length + 1]
            if after and goes_on(found[1], after[0].text):
                return found[0], f"{found[1]} {after[0].text}", source_of([*lines, *after])
            return *found, source_of(lines)
    return None


def _in_headings(paragraphs: list[Paragraph], pattern: re.Pattern[str]) -> Iterator[tuple[str, str, Source]]:
    for paragraph in paragraphs:
        if paragraph.kind is not Kind.HEADING or not _HAS_GRADE.search(paragraph.text):
            continue
        if _NOT_HERE.search(plain(" ".join(paragraph.headings))):
            continue
        if found := _said_in_lines(paragraph, pattern):
            yield *found, source_of_paragraph(paragraph)


def _said_in_lines(heading: Paragraph, pattern: re.Pattern[str]) -> tuple[str, str] | None:
    """What a heading says, or the lines of it do: headings that stand close together come as one."""
    starts = [piece.at for piece in heading.pieces] or [0]
    ends = [*starts[1:], len(heading.text)]
    runs = ((start, end) for start in starts for end in reversed(ends) if start < end)
    return next((said for start, end in runs if (said := _said(heading.text[start:end].strip(), pattern))), None)


def _in_text(paragraphs: list[Paragraph], pattern: re.Pattern[str]) -> Iterator[tuple[str, str, Source]]:
    """The first sentences of paragraphs of the text, where no line and no heading says it."""
    for paragraph in paragraphs:
        if paragraph.kind is not Kind.PARAGRAPH or _NOT_HERE.search(plain(" ".join(paragraph.headings))):
            continue
        first = _SENTENCE_END.split(paragraph.text, maxsplit=1)[0]
        if len(first) <= _LONGEST_SENTENCE and (found := _said(first, pattern)):
            yield *found, source_of_paragraph(paragraph)


def _said(words: str, pattern: re.Pattern[str]) -> tuple[str, str] | None:
    """The label and the grade of a sentence, as they are printed."""
    alike = plain(words)
    found = pattern.fullmatch(alike)
    if (
        not found
        or len(_BOARDS.findall(found["label"])) > 1
        or _NOT_HERE.search(found["label"])
        or not bare(found["label"])
    ):
        return None
    printed = words if len(words) == len(alike) else alike
    return printed[: found.end("label")].strip(), printed[found.start("grade") : found.end("grade")]
