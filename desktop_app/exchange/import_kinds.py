"""Which kind of inspection a row is of: by its words, first day, grades and length, never by its publication."""

from collections.abc import Collection, Iterable

from db.dates import PartialDate
from db.frameworks import InspectionKind
from db.lists import Lists
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_fields import plain, rules

_IDLE = set("inspection inspections inspecting ofsted of the a full children s services local authority report".split())
_UNKNOWN = "“{}” is no framework or kind of inspection that this file knows"
_NOT_IN_FORCE = "“{}” was not in force on {}. Check the first day, and what it was"
_OPEN = "It may be {}. Enter which, or choose the kind for rows that leave it open"
_NO_KIND = "The kind of inspection is not said. Enter it, or choose the kind for rows that leave it open"
_SHOWN = 3


class Kinds:
    """Finds the kinds of one file's lists.

    Attributes:
        default: the code of the kind for rows that say none; empty where none is chosen.
        by_length: how often a kind followed from the length of an inspection.
    """

    def __init__(self, lists: Lists, default: str = "") -> None:
        self._lists, self.default, self.by_length = lists, default, 0
        strands = lists.strands
        self._drawn = {one.area_id for one in lists.area_strands.values() if strands[one.strand_id].is_on_timeline}
        self._names = {kind.id: self._names_of(kind) for kind in lists.kinds.values()}
        self._words = {kind.id: self._words_of(kind) for kind in lists.kinds.values()}
        self._said: dict[str, frozenset[str]] = {}
        self._in_force: dict[PartialDate, list[InspectionKind]] = {}

    def _names_of(self, kind: InspectionKind) -> tuple[set[str], set[str]]:
        """What a kind is called, and what its framework is called."""
        framework = self._lists.frameworks[kind.framework_id]
        own = {plain(kind.name), plain(kind.label), plain(kind.code), *rules().kinds.get(kind.code, ())}
        return own, {plain(framework.name), plain(framework.short_name), plain(framework.code)}

    def _words_of(self, kind: InspectionKind) -> set[str]:
        own, framework = self._names[kind.id]
        return {word for name in (*own, *framework) for word in name.split()}

    def find(
        self,
        texts: Iterable[str],
        started_on: PartialDate,
        ended_on: PartialDate | None,
        *,
        is_graded: bool,
        is_setting: bool = False,
        known: Collection[str] = (),
    ) -> InspectionKind:
        """The one kind that a row means.

        Args:
            texts: what its columns say of framework and kind.
            is_graded: the row has grades.
            is_setting: the provider is a home, not a council.
            known: kinds of the inspections that the file has of this provider and first day.

        Raises:
            Doubt: it may be several, or none.
        """
        said = [text for text in texts if text]
        in_force = self._in_force.get(started_on)
        if in_force is None:
            in_force = self._in_force[started_on] = self._lists.kinds_on(started_on)
        kinds = self._narrowed(said, in_force, started_on) if said else self._unsaid(in_force)
        if len(kinds) > 1 and (same := [kind for kind in kinds if kind.id in known]):
            kinds = same
        if len(kinds) > 1:
            kinds = [kind for kind in kinds if self._is_per_setting(kind) is is_setting] or kinds
        if len(kinds) > 1 and is_graded:
            kinds = [kind for kind in kinds if kind.is_graded] or kinds
        for choose in (self._plain, lambda left: self._of_length(left, started_on, ended_on), self._chosen):
            if len(kinds) > 1:
                kinds = choose(kinds)
        if len(kinds) != 1:
            raise Doubt(_OPEN.format(self._listed(kinds)) if said and kinds else _NO_KIND)
        return kinds[0]

    def _narrowed(
        self, said: list[str], in_force: list[InspectionKind], started_on: PartialDate
    ) -> list[InspectionKind]:
        kinds = in_force
        for text in said:
            meant = self._meant(text)
            if not meant:
                raise Doubt(_UNKNOWN.format(text))
            kinds = [kind for kind in kinds if kind.id in meant]
            if not kinds:
                raise Doubt(_NOT_IN_FORCE.format(text, started_on))
        return kinds

    def _meant(self, text: str) -> frozenset[str]:
        """The kinds that a text may mean, at any time."""
        if text not in self._said:
            self._said[text] = frozenset(self._look_for(plain(text)))
        return self._said[text]

    def _look_for(self, words: str) -> set[str]:
        own = {key for key, (names, _) in self._names.items() if words in names}
        framework = {key for key, (_, names) in self._names.items() if words in names}
        if own or framework:
            return own or framework
        parts = set(words.split()) - _IDLE
        return {key for key, known in self._words.items() if parts <= known} if parts else set()

    def _unsaid(self, in_force: list[InspectionKind]) -> list[InspectionKind]:
        """Where nothing is said: the one chosen for such rows, else those that councils are graded by."""
        if self.default:
            return self._chosen(in_force)
        return [kind for kind in in_force if kind.is_graded and self._has_lanes(kind)]

    def _is_per_setting(self, kind: InspectionKind) -> bool:
        return self._lists.frameworks[kind.framework_id].is_per_setting

    def _has_lanes(self, kind: InspectionKind) -> bool:
        return any(area.is_lane and area.id in self._drawn for area in self._lists.areas_of(kind.id))

    def _plain(self, kinds: list[InspectionKind]) -> list[InspectionKind]:
        return [kind for kind in kinds if kind.code in rules().plain_kinds] or kinds

    def _of_length(
        self, kinds: list[InspectionKind], started_on: PartialDate, ended_on: PartialDate | None
    ) -> list[InspectionKind]:
        if not (ended_on and ended_on.day and started_on.day):
            return kinds
        rule = rules().by_length
        days = (ended_on.first_day - started_on.first_day).days + 1
        code = rule["kind"] if days <= rule["most_days"] else rule["longer"]
        found = [kind for kind in kinds if kind.code == code]
        self.by_length += bool(found)
        return found or kinds

    def _chosen(self, kinds: list[InspectionKind]) -> list[InspectionKind]:
        return [kind for kind in kinds if kind.code == self.default] if self.default else kinds

    def _listed(self, kinds: list[InspectionKind]) -> str:
        labels = list(dict.fromkeys(self._lists.kind_labels(kinds)))
        shown = labels[:_SHOWN] + ([f"one of {len(labels) - _SHOWN} more"] if len(labels) > _SHOWN else [])
        return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
