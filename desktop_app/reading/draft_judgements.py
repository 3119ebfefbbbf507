"""The judgements of a report: each row's label and grade read together, and what is odd about them said."""

from collections import Counter
from dataclasses import dataclass, replace

from desktop_app.reading.draft_grades import is_on_scale
from desktop_app.reading.draft_labels import bare, has_row, labels_of
from desktop_app.reading.draft_lines import Strip, source_of
from desktop_app.reading.draft_rows import Block
from desktop_app.reading.draft_rules import facts
from desktop_app.reading.draft_tables import Table, judgement_tables
from desktop_app.reading.draft_values import Certainty, DraftJudgement, Found, Source

_NO_AREA = "The table has a row “{}” that fits none of the areas of this framework. It was left out."
_NO_GRADE = "No grade could be read beside this label. Look at the report and choose it."
_TWO_GRADES = "Several grades stand beside this label: {}. Look at the report and choose one."
_NOT_ON_SCALE = "“{}” is not a grade of this framework’s scale. Look at the report and choose one."
_TWICE = "The table has this row twice: {}. Look at the report."
_NOT_EXACT = "The label is printed as “{}”. Check that this area is meant."
_NO_GROUP = "The table has a row “{}” without saying which services it is about. It was left out."
_OTHER_TABLE = "Another table, on page {}, was left aside: it tells of another time, or of the same areas again."
_OTHER_FRAMEWORK = (
    "By its first day the inspection would be under other rules, but the rows of the table are those of {}."
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was read of the tables."""

    framework: str
    judgements: tuple[DraftJudgement, ...]
    doubts: tuple[Found[str], ...]
    framework_doubts: tuple[str, ...] = ()


def read_judgements(pages: list[list[Strip]], frameworks: tuple[str, ...], by_date: str) -> Judged:
    """The judgements that the report's own table prints.

    Args:
        pages: the lines of the pages that may hold the table.
        frameworks: those that the title allows.
        by_date: the one of them that the first day chooses, empty where there is none.
    """
    labels = labels_of(frameworks)
    own, others = judgement_tables(pages, labels)
    rows = [(table, block) for table in own for block in table.blocks]
    framework, framework_doubts = _framework(rows, frameworks, by_date)
    doubts = [_doubt(_OTHER_TABLE.format(table.page), table.blocks[0].strips) for table in others if table.page]
    found: dict[str, DraftJudgement] = {}
    for table, block in rows:
        _add(found, doubts, table, block, framework)
    for table in own:
        for words, cell in table.strays:
            doubts.append(_doubt(_NO_AREA.format(f"{words} {cell.words}".strip()), cell.strips))
    return Judged(framework, tuple(found.values()), tuple(doubts), framework_doubts)


def is_complete(judged: Judged) -> bool:
    """Whether every area that has a row was read, so that the table cannot run over the page."""
    rows = {area.code for area in facts().areas.get(judged.framework, []) if has_row(area)}
    return bool(rows) and rows <= {judgement.area_code for judgement in judged.judgements}


def _framework(
    rows: list[tuple[Table, Block]], frameworks: tuple[str, ...], by_date: str
) -> tuple[str, tuple[str, ...]]:
    """The framework that the first day chooses, unless the rows are plainly those of another."""
    fits = Counter(label for _, block in rows if block.cells for label in {each.framework for each in block.labels})
    if not fits:
        return by_date, ()
    most = max(fits.values())
    if by_date and fits[by_date] == most:
        return by_date, ()
    codes = [code for code in frameworks if fits[code] == most]
    graded = sum(bool(block.cells) for _, block in rows)
    chosen = min(codes, key=lambda code: abs(len(facts().areas[code]) - graded))
    return chosen, (_OTHER_FRAMEWORK.format(facts().frameworks[chosen].name),) if by_date else ()


def _add(
    found: dict[str, DraftJudgement], doubts: list[Found[str]], table: Table, block: Block, framework: str
) -> None:
    codes = [
        label.area_code for label in block.labels if label.framework == framework and label.group in ("", block.group)
    ]
    if not codes:
        knows = any(label.framework == framework for label in block.labels)
        words = " ".join([block.words, *(cell.words for cell in block.cells)])
        doubts.append(_doubt((_NO_GROUP if knows else _NO_AREA).format(words), block.strips))
        return
    grade = _grade(table, block, framework)
    if not block.is_exact:
        grade = doubted(grade, _NOT_EXACT.format(block.words))
    if earlier := found.get(codes[0]):
        grade = _twice(earlier.grade, grade)
    found[codes[0]] = DraftJudgement(area_code=codes[0], label_as_printed=_label(block.words), grade=grade)


def _label(words: str) -> str:
    """A label as printed, without the number of its row."""
    start = words.casefold().find(bare(words).split(" ")[0])
    return words[max(0, start) :].rstrip(" :")


def _grade(table: Table, block: Block, framework: str) -> Found[str]:
    strips = [*block.strips, *(strip for cell in block.cells for strip in cell.strips)]
    source = source_of(
        sorted({id(strip): strip for strip in strips}.values(), key=lambda strip: (strip.top, strip.left))
    )
    if not block.cells:
        return Found(sources=(source,), certainty=Certainty.DOUBTFUL, doubts=(_NO_GRADE,))
    cell = table.current(block.cells)
    if cell is None:
        printed = ", ".join(each.words for each in block.cells)
        return Found(
            as_printed=printed, sources=(source,), certainty=Certainty.DOUBTFUL, doubts=(_TWO_GRADES.format(printed),)
        )
    return grade_found(cell.words, cell.code, framework, source)


def grade_found(printed: str, code: str, framework: str, source: Source) -> Found[str]:
    """A printed grade as a value, or only as words where the framework's scale has none such."""
    printed = printed.strip(" .;,")
    if code and is_on_scale(code, framework):
        return Found(value=code, as_printed=printed, sources=(source,), certainty=Certainty.CERTAIN)
    doubt = _NOT_ON_SCALE.format(printed)
    return Found(as_printed=printed, sources=(source,), certainty=Certainty.DOUBTFUL, doubts=(doubt,))


def doubted(grade: Found[str], doubt: str) -> Found[str]:
    """The same value, no longer certain."""
    return replace(grade, certainty=Certainty.DOUBTFUL, doubts=(*grade.doubts, doubt))


def _twice(first: Found[str], second: Found[str]) -> Found[str]:
    """A row that stands twice: its grade only where both agree."""
    printed = f"{first.as_printed or 'no grade'}, {second.as_printed or 'no grade'}"
    value = first.value if second.value in (first.value, None) else second.value if first.value is None else None
    return Found(
        value=value,
        as_printed=first.as_printed or second.as_printed,
        sources=first.sources + second.sources,
        certainty=Certainty.DOUBTFUL,
        doubts=(_TWICE.format(printed),),
    )


def _doubt(sentence: str, strips: list[Strip]) -> Found[str]:
    return Found(sources=(source_of(strips),), certainty=Certainty.DOUBTFUL, doubts=(sentence,))
