"""What a row adds to an inspection: judgements, a quote, an area for improvement, a document."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from db.frameworks import Grade as FileGrade
from db.frameworks import JudgementArea
from db.lists import Lists
from db.records import SPECIAL_VALUES, AreaForImprovement, Judgement, Provider, Quote, new_id
from db.text import fold
from desktop_app.exchange.import_areas import Areas
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_grades import GradeReader
from desktop_app.exchange.import_known import Known
from desktop_app.exchange.import_row import NO_COLUMN, Facts, Grade, with_grade
from desktop_app.exchange.import_target import Target, add_text, linked
from desktop_app.exchange.import_work import RowWork, Work

_TWO_GRADES = "{} says {} here, and row {:,} says {}. Correct one of them"
_NO_AREA = "The row has a grade and no judgement area. Enter what was judged"
_INSPECTORS = ("inspector", "hmi", "ofsted")


@dataclass(slots=True)
class RowParts:
    """What one row holds beside the facts of its inspection, and what is wrong with it: a column and a sentence each.

    `judged` are an area, the grade or special value, and the column.
    """

    judged: list[tuple[JudgementArea, str, int]] = field(default_factory=list)
    quote: dict[str, Any] | None = None
    area: dict[str, Any] | None = None
    work: RowWork = field(default_factory=RowWork)
    source: str = ""
    problems: list[tuple[int, str]] = field(default_factory=list)


class Parts:
    """Makes them.

    Attributes:
        differing: how often the file says otherwise, by what it is about.
    """

    def __init__(
        self, lists: Lists, known: Known, areas: Areas, grades: GradeReader, columns: Mapping[str, int]
    ) -> None:
        """Know what the file holds.

        Args:
            columns: the place of a field's column by its key.
        """
        self._lists, self._known, self._areas, self._grades = lists, known, areas, grades
        self.differing: Counter[str] = Counter()
        self._work = Work(lists, columns, self.differing)
        self._grades_of: dict[str, list[FileGrade]] = {}

    def of(self, facts: Facts, target: Target) -> RowParts:
        """What a row adds; nothing is changed yet."""
        parts = RowParts(source=facts.values.get("source", ""))
        for grade in facts.grades:
            self._judge(grade, facts, target, parts)
        if single := with_grade(facts, "grade"):
            self._judge(single, facts, target, parts)
        if facts.values.get("quote"):
            parts.quote = self._quote(facts, target, parts)
        if facts.values.get("improvement"):
            parts.work = self._work.of(facts, target)
            parts.area = self._area(facts, target) | parts.work.area
            parts.problems += self._work.problems(parts.work, facts, target)
        else:
            parts.problems += self._work.without_area(facts)
        return parts

    def _judge(self, grade: Grade, facts: Facts, target: Target, parts: RowParts) -> None:
        try:
            area = self._area_of(grade, facts, target)
            scale = self._grades_of.get(area.id)
            if scale is None:
                scale = self._grades_of[area.id] = self._lists.grades_of(area)
            value = self._grades.read(grade.cell, scale)
        except Doubt as doubt:
            parts.problems.append((grade.place, str(doubt)))
            return
        for other, said, _ in parts.judged:
            if other.id == area.id and said != value:
                parts.problems.append((grade.place, self._two(area, value, facts.row, said)))
                return
        row, said = target.judged.get(area.id, (facts.row, value))
        if said != value:
            parts.problems.append((grade.place, self._two(area, value, row, said)))
        else:
            parts.judged.append((area, value, grade.place))

    def _area_of(self, grade: Grade, facts: Facts, target: Target) -> JudgementArea:
        if grade.field.key != "grade":
            return self._areas.of_column(target.kind, grade.field.key, grade.field.label.removeprefix("Grade: "))
        name = facts.values.get("judgement_area", "")
        if not name:
            raise Doubt(_NO_AREA)
        return self._areas.named(target.kind, name)

    def _two(self, area: JudgementArea, value: str, row: int, said: str) -> str:
        return _TWO_GRADES.format(f"“{area.label}”", self._label(value), row, self._label(said))

    def _label(self, value: str) -> str:
        return SPECIAL_VALUES.get(value) or self._lists.grades[value].label

    def _value(self, judgement: Judgement) -> str:
        return judgement.grade_id or judgement.special or ""

    def _about(self, facts: Facts, target: Target, parts: RowParts) -> str | None:
        name = facts.values.get("about") or ("" if "grade" in facts.values else facts.values.get("judgement_area"))
        if not name:
            return None
        try:
            return self._areas.named(target.kind, name).id
        except Doubt as doubt:
            place = facts.places.get("about", facts.places.get("judgement_area", NO_COLUMN))
            parts.problems.append((place, str(doubt)))
            return None

    def _quote(self, facts: Facts, target: Target, parts: RowParts) -> dict[str, Any]:
        values = facts.values
        said_by = fold(f"{values.get('speaker', '')} {values.get('speaker_role', '')}").strip()
        is_inspectors = not said_by or any(word in said_by for word in _INSPECTORS)
        return {
            "text": values["quote"],
            "page": values.get("page"),
            "paragraph": values.get("paragraph"),
            "area_id": self._about(facts, target, parts),
            "voice": "inspectors" if is_inspectors else "other",
            "speaker": values.get("speaker", ""),
            "speaker_role": values.get("speaker_role", ""),
            "tone": values.get("tone"),
            "theme_ids": values.get("themes", ()),
        }

    def _area(self, facts: Facts, target: Target) -> dict[str, Any]:
        values, has_quote = facts.values, bool(facts.values.get("quote"))
        stands = {} if has_quote else values.get("stands_at", {})
        return {
            "text": values["improvement"],
            "position": values.get("improvement_number"),
            "finding_kind_id": values.get("improvement_kind") or self._lists.finding_kinds_of(target.kind.id)[0].id,
            "timescale_id": values.get("timescale"),
            "audience": values.get("audience", "local_authority"),
            "group_label": values.get("improvement_group", ""),
            "page": None if has_quote else values.get("page", stands.get("page")),
            "paragraph": None if has_quote else values.get("paragraph", stands.get("paragraph")),
            "theme_ids": () if has_quote else values.get("themes", ()),
        }

    def take(self, parts: RowParts, target: Target, provider: Provider, row: int) -> bool:
        """Add what a row holds; True where that is more than was there."""
        is_more = False
        for area, value, _ in parts.judged:
            is_more |= self._take_grade(area, value, target, row)
        shared = {"inspection_id": target.inspection.id, "document_id": self._document(parts, target, provider)}
        if parts.quote is not None:
            is_more |= add_text(target.quotes, Quote, parts.quote | shared)
        if parts.area is not None:
            is_more |= add_text(target.areas, AreaForImprovement, parts.area | shared)
            is_more |= self._work.take(parts.work, target, fold(parts.area["text"]), row)
        return is_more

    def _take_grade(self, area: JudgementArea, value: str, target: Target, row: int) -> bool:
        known = target.judgements.get(area.id)
        target.judged.setdefault(area.id, (row, value))
        if known is None:
            chosen = {"special": value} if value in SPECIAL_VALUES else {"grade_id": value}
            made = Judgement(id=new_id(), inspection_id=target.inspection.id, area_id=area.id, **chosen)
            target.judgements[area.id] = (None, made)
        elif known[0] is not None and self._value(known[1]) != value:
            self.differing[area.label] += 1
        return known is None

    def _document(self, parts: RowParts, target: Target, provider: Provider) -> str | None:
        """The document that a row cites, linked to the inspection; None where it cites none."""
        if not parts.source or not (parts.quote or parts.area):
            return None
        document = linked(self._known.document(provider, parts.source), target.inspection.id)
        key = provider.id, fold(document.title)
        self._known.documents[key] = (self._known.documents[key][0], document)
        return document.id

    def filled(self, provider: Provider, more: Mapping[str, str]) -> Provider:
        """The provider with what is empty in it."""
        empty = {key: value for key, value in more.items() if not getattr(provider, key)}
        self.differing.update(key for key, value in more.items() if getattr(provider, key) not in ("", value))
        return replace(provider, **empty) if empty else provider
