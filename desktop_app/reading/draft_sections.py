"""The parts of a report that list what must get better: where each begins and ends, its group, timescale, audience."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import chain

from desktop_app.reading.draft_grades import split_tail
from desktop_app.reading.draft_lines import plain
from desktop_app.reading.draft_rules import Layout, ListRule, rules
from desktop_app.reading.paragraph_values import Kind, Paragraph

_OUTSIDE = re.compile(r"^(?:[0-9]+(?:\.[0-9]+)*\.?|[a-z][.)]|[ivx]+[.)])\s+|[\s:?.,0-9*–-]+$")
_CONTENTS = re.compile(r"^[^.]{3,90}[ .][0-9]{1,2}$")  # a heading with the number of its page
_FAR_APART = 30  # paragraphs
_LETTERS_WRONG, _ALIKE = 2, 0.92  # of a heading
_LONGEST_HEADING, _LONGEST_LIST_HEADING = 130, 80


@dataclass(frozen=True, slots=True)
class Section:
    """A run of paragraphs under one heading of a list."""

    heading: str
    finding: str
    audience: str
    group: str = ""
    timescale: str = ""
    roots: tuple[str, ...] = ()
    paragraphs: list[Paragraph] = field(default_factory=list)

    def under(self, group: str, timescale: str = "") -> "Section":
        """The same list, under a smaller heading."""
        return replace(self, group=group, timescale=timescale, paragraphs=[])


def sections(paragraphs: Iterable[Paragraph], layout: Layout, title_page: int = 1) -> Iterator[Section]:
    """Every list of a report in order; a list with groups comes as one section for each."""
    board = ""
    section: Section | None = None
    ended: dict[str, int] = {}  # headings of lists, and where the last of each ended
    paragraphs = list(chain.from_iterable(map(_parted, paragraphs)))
    has_pages = any(paragraph.pieces for paragraph in paragraphs)
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind in (Kind.CONTENTS, Kind.FOOTNOTE) or (not has_pages and _CONTENTS.search(paragraph.text)):
            continue
        if not (paragraph.kind is Kind.HEADING or _may_head(paragraph, is_inside=section is not None)):
            if section:
                section.paragraphs.append(paragraph)
            continue
        words = heading_words(paragraph.text)
        may_change_part = (paragraph.page or 0) > title_page or (not has_pages and (ended or section))
        if paragraph.kind is Kind.HEADING and may_change_part:
            board = _board(board, words)
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        is_group = _goes_on(section, following, has_pages=has_pages)
        if layout.has_board and at - ended.get(words, at) > _FAR_APART:
            board = "lscb"  # the second list of the same name, in a report whose second part is about the board
        after = _next(section, paragraph, words, board or layout.audience, is_group)
        if after is not section:
            if section:
                ended[heading_words(section.heading)] = at
                yield section
            section = after
        elif section and paragraph.kind is not Kind.HEADING:
            section.paragraphs.append(paragraph)
    if section:
        yield section


def _parted(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph, and apart from it the heading of a list, or the time limit, that its last line is."""
    last = paragraph.pieces[-1:]
    is_heading = paragraph.kind is Kind.HEADING
    if len(paragraph.pieces) < 2 or not (is_heading or paragraph.text.endswith(":")):
        return [paragraph]
    before, words = paragraph.text[: last[0].at].rstrip(), paragraph.text[last[0].at :]
    is_heading = is_heading and _list_rule(heading_words(words)) is not None
    if not (is_heading or (before.endswith((".", ":", ";")) and words[:1].isupper() and _is_timescale(words))):
        return [paragraph]
    if _list_rule(heading_words(paragraph.text)):
        return [paragraph]
    own = replace(paragraph, text=before, pieces=paragraph.pieces[:-1])
    headings = (*paragraph.headings, before) if is_heading else paragraph.headings
    return [own, Paragraph(text=words, kind=Kind.HEADING, headings=headings, pieces=(last[0]._replace(at=0),))]


def _is_timescale(words: str) -> bool:
    return words.endswith(":") and bool(timescale_of(heading_words(words)))


def heading_words(text: str) -> str:
    """A heading's words as the rules meet them: without its number, and without what stands at its end."""
    words = plain(text)
    while (shorter := _OUTSIDE.sub("", words)) != words:
        words = shorter
    return words


def _may_head(paragraph: Paragraph, *, is_inside: bool) -> bool:
    """Whether an unmarked line may be a heading that is printed like text; inside a list also a long one."""
    longest = _LONGEST_HEADING if is_inside else _LONGEST_LIST_HEADING
    return paragraph.number is None and paragraph.kind is not Kind.ITEM and len(paragraph.text) <= longest


def _board(board: str, words: str) -> str:
    if rules().board_begins.fullmatch(words):
        return "lscb"
    return "" if rules().board_ends.fullmatch(words) else board


def _next(section: Section | None, paragraph: Paragraph, words: str, audience: str, is_group: bool) -> Section | None:
    """The section that goes on after a heading, or after a line that may be one."""
    if rule := _list_rule(words) or (_misspelt_rule(words) if paragraph.kind is Kind.HEADING else None):
        return _begun(section, paragraph, rule, audience)
    if section is None:
        return None
    if timescale := timescale_of(words):
        return section.under(paragraph.text.rstrip(" :"), timescale)
    if rules().ends.fullmatch(words) or _is_judged(paragraph.text):
        return None
    if paragraph.kind is not Kind.HEADING:
        return section
    if is_group or any(root in paragraph.headings for root in section.roots):
        return section.under(paragraph.text.rstrip(" :"))
    return None


def _begun(section: Section | None, paragraph: Paragraph, rule: ListRule, audience: str) -> Section:
    roots = section.roots if section else ()
    heading = paragraph.text.rstrip(" :")
    return Section(heading, rule.finding, rule.audience or audience, heading, "", (*roots, paragraph.text))


def _list_rule(words: str) -> ListRule | None:
    return next((rule for rule in rules().lists if rule.heading.fullmatch(words)), None)


def _misspelt_rule(words: str) -> ListRule | None:
    """The list whose usual heading is meant, where a letter or two are wrong."""
    for known in rules().usual_lists:
        if abs(len(words) - len(known)) > _LETTERS_WRONG or words[:1] != known[:1]:
            continue
        if SequenceMatcher(None, words, known, autojunk=False).ratio() >= _ALIKE:
            return _list_rule(known)
    return None


def timescale_of(words: str) -> str:
    """The code of a timescale that a heading names; empty where it names none."""
    return next((code for code, pattern in rules().timescales if pattern.fullmatch(words)), "")


def _is_judged(text: str) -> bool:
    """Whether a heading ends with a grade, as those of the body do."""
    words, tail = split_tail(text)
    return bool(tail) and bool(
        re.search(
            r"[:–-]$|\b(?:is|are|that it)$|protection$|permanence$|care$|leavers$|"
            r"families$|performance$|governance$|board$|effectiveness$",
            plain(words),
        )
    )


def _goes_on(section: Section | None, following: Paragraph | None, *, has_pages: bool) -> bool:
    """Whether the list goes on just behind a heading that is as large as its own, or whose size nobody can tell."""
    if section is None or following is None:
        return False
    before = next((each for each in reversed(section.paragraphs) if each.number or each.kind is Kind.ITEM), None)
    if before is not None and before.number:
        return following.number == before.number + 1
    has_groups = section.finding == "priority_action" or "areas for improvement" in section.heading.casefold()
    if has_pages and not has_groups:
        return False
    return following.kind is Kind.ITEM or (before is None and following.number == 1)
