"""Judgements that stand in a sentence, not in a row: overall effectiveness and the board, in the single inspection."""

import re
from collections.abc import Iterator

from desktop_app.reading.draft_grades import GRADE, code_of, goes_on
from desktop_app.reading.draft_judgements import doubted, grade_found
from desktop_app.reading.draft_labels import bare
from desktop_app.reading.draft_lines import Strip, plain, source_of
from desktop_app.reading.draft_rules import facts
from desktop_app.reading.draft_values import DraftJudgement, Source
from desktop_app.reading.draft_values import source_of as source_of_paragraph
from desktop_app.reading.paragraph_values import Kind, Paragraph

_VERB = r"(?:\s+(?:is|are|has been judged(?: to be)?|(?:is|are) judged to be)(?: that (?:it|they)(?: (?:is|are))?)?)?:?"
_BOARD = r"(?:safeguarding children(?:'s)? board|lscb|the board)(?:\s*\([^)]{2,40}\))?"
_SENTENCES = {
    "sif_overall": re.compile(
        r"(?P<label>the overall judgement(?: is that (?:the )?(?:local authority(?:'s)? )?(?:children's )?services"
        r"(?: (?:in|for|of) [^.]{2,60}?)?|(?: of|:)? [^.]{0,60}?)?"
        rf"|children's services in [^.0-9]{{2,60}}?){_VERB}\s+(?P<grade>{GRADE})[.]?[0-9]?"
    ),
    "sif_lscb": re.compile(
        r"(?P<label>(?:the )?(?:overall )?(?:judgement (?:of|on|about|is that) )?(?:the )?"
        r"(?:effectiveness of (?:the )?)?"
        rf"[^.0-9]{{0,80}}?{_BOARD}"
        rf"|(?:the )?arrangements (?:in place )?to evaluate the effectiveness of [^.]{{10,220}}?){_VERB}"
        rf"\s+(?P<grade>{GRADE})[.]?[0-9]?"
    ),
}
_MAY_BEGIN = {
    "sif_overall": ("the overall judgement", "children's services in"),
    "sif_lscb": ("the ", "arrangements", "judgement", "overall"),
}
_BOARDS = re.compile("safeguarding children")
_NOT_HERE = re.compile(r"previous|last inspection|\bif\b|mean")
_MOST_LINES = 5
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
            if judgement := _judgement(code, framework, said):
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
    pages: list[list[Strip]], pattern: re.Pattern[str], beginnings: tuple[str, ...]
) -> Iterator[tuple[str, str, Source]]:
    for strips in pages:
        for at, strip in enumerate(strips):
            if strip.plain.startswith(beginnings) and (said := _from_line(strips, at, pattern)):
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
        if paragraph.kind is Kind.HEADING and (found := _said(paragraph.text, pattern)):
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
