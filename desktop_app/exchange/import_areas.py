"""Which judgement area a column or a name means under the framework of a row."""

import re

from db.frameworks import InspectionKind, JudgementArea
from db.lists import Lists
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_fields import AREA, JUDGED, plain, rules

_TOGETHER = ("children_in_care", "care_leavers")
_BOTH = "in_care_and_leavers"
_NUMBERED = re.compile(r"^(?:\d{1,2}\.?\d?[.)]?\s+)")
_UNGRADED = "{} has no grades. Empty the cell, or check the kind of inspection"
_NONE = "{} has no judgement “{}”. Empty the cell, or choose another field for the column"
_SEVERAL = "{} has {} judgements of this subject. Give each its own column, headed as the report prints it"
_UNKNOWN = "{} has no judgement area “{}”. Enter it as the report prints it"


class Areas:
    """The judgement areas of one file's lists."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._strands: dict[str, set[str]] = {}
        for link in lists.area_strands.values():
            self._strands.setdefault(link.area_id, set()).add(lists.strands[link.strand_id].code)
        self._of_column: dict[tuple[str, str], list[JudgementArea]] = {}
        self._named: dict[tuple[str, str], list[JudgementArea]] = {}
        self._strand_words = {
            words: field.key
            for field in rules().fields
            if field.key.startswith(JUDGED)
            for words in (*field.headings, plain(field.label))
        }

    def of_column(self, kind: InspectionKind, key: str, label: str) -> JudgementArea:
        """The area that a column of grades means for a kind.

        Args:
            key: a strand or the code of an area (`import_fields`).
            label: what the column is called in a sentence.

        Raises:
            Doubt: the kind has no such judgement, or several.
        """
        found = self._of_column.get((kind.id, key))
        if found is None:
            found = self._of_column[kind.id, key] = self._look_for(kind, key)
        return self._only(found, kind, _NONE, label)

    def _look_for(self, kind: InspectionKind, key: str) -> list[JudgementArea]:
        areas = self._lists.areas_of(kind.id)
        if key.startswith(AREA):
            return [area for area in areas if area.code == key.removeprefix(AREA)]
        strand = key.removeprefix(JUDGED)
        wanted = set(_TOGETHER) if strand == _BOTH else {strand}
        found = [area for area in areas if wanted <= self._strands.get(area.id, set())]
        return [area for area in found if area.is_lane] or found

    def named(self, kind: InspectionKind, name: str) -> JudgementArea:
        """The area that a cell names for a kind.

        Raises:
            Doubt: the kind has no such judgement, or several.
        """
        key = kind.id, name
        if key not in self._named:
            self._named[key] = self._by_name(kind, plain(_NUMBERED.sub("", name)))
        return self._only(self._named[key], kind, _UNKNOWN, name)

    def _by_name(self, kind: InspectionKind, words: str) -> list[JudgementArea]:
        areas = self._lists.areas_of(kind.id)
        exact = [area for area in areas if words in _names(area)]
        if exact or words not in self._strand_words:
            return exact
        return self._look_for(kind, self._strand_words[words])

    def _only(self, found: list[JudgementArea], kind: InspectionKind, words: str, label: str) -> JudgementArea:
        if len(found) == 1:
            return found[0]
        if not self._lists.areas_of(kind.id):
            raise Doubt(_UNGRADED.format(kind.label))
        raise Doubt(_SEVERAL.format(kind.label, len(found)) if found else words.format(kind.label, label))


def _names(area: JudgementArea) -> set[str]:
    label = area.label.replace("[authority]", "")
    return {plain(label), plain(f"{area.group_label} {label}"), plain(area.code)}
