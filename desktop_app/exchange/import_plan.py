"""A dry run: what the rows of a table would add to a file, and what keeps some of them out; then one edit."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from db.edit import Edit
from db.lists import Lists
from db.records import Provider, Record, RecordType, new_id
from db.snapshot import Cancelled, IsCancelled
from db.store import Store
from db.text import fold
from desktop_app.exchange import import_words
from desktop_app.exchange.import_areas import Areas
from desktop_app.exchange.import_cells import Cells, Row
from desktop_app.exchange.import_dates import Doubt
from desktop_app.exchange.import_fields import fields_of, idle
from desktop_app.exchange.import_grades import GradeReader
from desktop_app.exchange.import_kinds import Kinds
from desktop_app.exchange.import_known import Known
from desktop_app.exchange.import_matching import Headings
from desktop_app.exchange.import_names import Providers
from desktop_app.exchange.import_record import Parts
from desktop_app.exchange.import_row import NO_COLUMN, Facts, Place, Problem, RowReader, with_grade
from desktop_app.exchange.import_target import FIELDS, Target, out_of_order
from desktop_app.exchange.import_work import settle

MOST_KEPT = 2_000  # problems and lines that are shown; those beyond are counted
_ROWS_BETWEEN_QUESTIONS = 100
_NO_PROVIDER = "The row names no provider. Enter one"
_NO_PROVIDERS = "No column names the provider. Choose the provider of all rows"
_NO_DAY = "The row has no first day, so nothing tells which inspection it is. Enter the day, the month or the year"
_NO_DAYS = "No column has the first day. Choose the inspection of all rows"
_NO_INSPECTION = "The inspection that was chosen for all rows is no longer there. Choose another"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person chose.

    Args:
        fields: the key of a field by a column's place; columns that are left out stand not in it.
        provider_id: whose rows those are that name no provider.
        kind: the code of the kind of inspection for rows that say none.
        inspection_id: the inspection of rows that name neither provider nor first day.
        corrected: what stands in place of a cell.
    """

    fields: Mapping[int, str]
    provider_id: str = ""
    kind: str = ""
    inspection_id: str = ""
    corrected: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    `new` counts records by type, `filled` those that get what was empty in them; `rows` are all that were read,
    `left_out` those with problems, `known` those that bring nothing new. `problems` and `incoming` are no longer
    than MOST_KEPT; `problem_count` and `incoming_count` are all.
    """

    edit: Edit
    new: Mapping[RecordType, int]
    filled: int
    rows: int
    left_out: int
    known: int
    problems: tuple[Problem, ...]
    problem_count: int
    notices: tuple[str, ...]
    incoming: tuple[str, ...]
    incoming_count: int

    @property
    def is_empty(self) -> bool:
        return self.edit.is_empty


class Refused(Doubt):
    """A row that cannot be placed; `place` is the column that it is about."""

    def __init__(self, sentence: str, place: int = NO_COLUMN) -> None:
        super().__init__(sentence)
        self.place = place


class Planner:
    """Takes rows in, one after the other, and gives the plan."""

    def __init__(self, store: Store, headings: Headings, wish: Wish) -> None:
        self._lists = Lists.read(store)
        fields = fields_of(self._lists)
        self._fields = {place: fields[key] for place, key in wish.fields.items() if key in fields}
        self._headings, self._wish = headings, wish
        unused = idle(self._fields)
        used = {place: one for place, one in self._fields.items() if place not in unused}
        self._reader = RowReader(self._lists, headings, used, wish.corrected)
        self._known = Known(store, self._lists, {one.of for one in used.values()})
        self._chosen = self._known.by_id(wish.inspection_id) if wish.inspection_id else None
        self._providers = Providers(self._lists.providers.values())
        self._provider_changes: dict[str, tuple[Provider | None, Provider]] = {}
        self._kinds, self._grades = Kinds(self._lists, wish.kind), GradeReader()
        columns = {one.key: place for place, one in used.items()}
        self._parts = Parts(self._lists, self._known, Areas(self._lists), self._grades, columns)
        self._problems: list[Problem] = []
        self._problem_count = self._rows = self._left_out = self._nothing_new = 0
        self._left_areas: set[str] = set()
        self._likenesses: dict[str, str] = {}
        self._differing: Counter[str] = Counter()

    def add(self, number: int, cells: Cells) -> None:
        """Take one row in."""
        facts = self._reader.read(number, cells)
        if facts.is_empty:
            return
        self._rows += 1
        problems = facts.problems or self._place(facts, cells)
        if problems:
            self._left_out += 1
            self._left_areas.add(fold(facts.values.get("improvement", "")))
            self._problem_count += len(problems)
            self._problems += problems[: max(MOST_KEPT - len(self._problems), 0)]

    def _place(self, facts: Facts, cells: Cells) -> list[Problem]:
        """Put a row where it belongs; where there are problems nothing of it counts."""
        try:
            provider = self._provider(facts)
            target = self._target(facts, provider)
            provider = self._of_kind(provider, target)
        except Refused as refused:
            return [self._problem(facts, cells, refused.place, str(refused))]
        values = {key: facts.values[key] for key in FIELDS if key in facts.values}
        made, contradicted = target.filled(values, facts.row)
        found = [(facts.places.get(key, NO_COLUMN), words) for key, words in contradicted.items()]
        if wrong := out_of_order(made):
            found.append((facts.places.get("ended_on", facts.places.get("started_on", NO_COLUMN)), wrong))
        parts = self._parts.of(facts, target)
        found += parts.problems
        if found:
            return [self._problem(facts, cells, place, words) for place, words in found]
        self._differing.update(key for key, _ in target.differing(values))
        is_more = made != target.inspection
        is_more |= self._known.add(target)
        is_more |= self._keep(facts, provider)
        target.take(made, values, facts.row)
        is_more |= self._parts.take(parts, target, provider, facts.row)
        self._nothing_new += not is_more
        return []

    def _of_kind(self, provider: Provider, target: Target) -> Provider:
        """A new provider that is inspected as a home or an agency is no council."""
        is_new = provider.id not in self._lists.providers
        is_setting = self._lists.frameworks[target.kind.framework_id].is_per_setting
        return replace(provider, kind="setting") if is_new and is_setting else provider

    def _problem(self, facts: Facts, cells: Cells, place: int, sentence: str) -> Problem:
        return self._reader.problem(facts.row, place, self._reader.cell(facts.row, place, cells), sentence)

    def _provider(self, facts: Facts) -> Provider:
        """The provider of a row: the one it names, or the one chosen for rows that name none."""
        name, urn = facts.values.get("provider", ""), facts.values.get("urn", "")
        place = facts.places.get("provider", facts.places.get("urn", NO_COLUMN))
        try:
            found = self._providers.find(name, urn)
        except Doubt as doubt:
            raise Refused(str(doubt), place) from doubt
        if found is None and name:
            return Provider(id=new_id(), name=self._reader.values.capitals(name))
        chosen = None if name or urn else self._chosen_provider()
        if found is None and chosen is None:
            place = self._column_of("provider")
            raise Refused(_NO_PROVIDERS if place == NO_COLUMN else _NO_PROVIDER, place)
        return found or chosen  # type: ignore[return-value]

    def _chosen_provider(self) -> Provider | None:
        target = self._chosen_target()
        key = target.inspection.provider_id if target else self._wish.provider_id
        return self._lists.providers.get(key)

    def _chosen_target(self) -> Target | None:
        if self._wish.inspection_id and self._chosen is None:
            raise Refused(_NO_INSPECTION)
        return self._chosen

    def _column_of(self, key: str) -> int:
        return next((place for place, one in self._fields.items() if one.key == key), NO_COLUMN)

    def _target(self, facts: Facts, provider: Provider) -> Target:
        started_on = facts.values.get("started_on")
        if started_on is None:
            chosen = self._chosen_target()
            if chosen and chosen.inspection.provider_id == provider.id:
                return chosen
            place = self._column_of("started_on")
            raise Refused(_NO_DAYS if place == NO_COLUMN else _NO_DAY, place)
        texts = (facts.values.get("framework", ""), facts.values.get("kind", ""))
        place = facts.places.get("kind", facts.places.get("framework", self._column_of("kind")))
        try:
            kind = self._kinds.find(
                texts,
                started_on,
                facts.values.get("ended_on"),
                is_graded=bool(facts.grades or with_grade(facts, "grade")),
                is_setting=provider.kind == "setting",
                known=self._known.kinds_at(provider, started_on),
            )
            found = self._known.find(provider, kind, started_on)
        except Doubt as doubt:
            raise Refused(str(doubt), place) from doubt
        return found or self._known.begin(provider, kind, started_on)

    def _keep(self, facts: Facts, provider: Provider) -> bool:
        """Let the provider stand, with the numbers that a row adds to it; True where that is more than was there."""
        was = self._lists.providers.get(provider.id)
        if was is None and provider.id not in self._provider_changes and (near := self._providers.like(provider.name)):
            self._likenesses[provider.name] = near
        more = {key: facts.values[key] for key in ("urn", "la_code", "region") if facts.values.get(key)}
        filled = self._parts.filled(provider, more)
        is_new = was is None and provider.id not in self._provider_changes
        if is_new or filled is not provider:
            self._provider_changes[provider.id] = (was, filled)
            self._providers.replace(filled)
        return is_new or filled is not provider

    def plan(self) -> Plan:
        """What all rows together would do."""
        for target in self._known.each():
            settle(target, self._left_areas)
        pairs = [*self._provider_changes.values(), *self._known.changes()]
        new = [now for was, now in pairs if was is None]
        changed = [(was, now) for was, now in pairs if was is not None and was != now]
        before: tuple[Record, ...] = tuple(was for was, _ in changed)
        incoming = import_words.incoming(self._lists, self._known, self._provider_changes)
        return Plan(
            Edit(before, (*(now for _, now in changed), *new)),
            MappingProxyType(Counter(record.record_type for record in new)),
            len(changed),
            self._rows,
            self._left_out,
            self._nothing_new,
            tuple(self._problems),
            self._problem_count,
            tuple(self._notices()),
            tuple(incoming[:MOST_KEPT]),
            len(incoming),
        )

    def _notices(self) -> Iterable[str]:
        yield from import_words.columns_left_out(self._headings, self._fields)
        yield from import_words.numbers(self._grades.numbered)
        yield from import_words.recased(self._reader.values.recased)
        yield from import_words.derived(self._kinds.by_length)
        yield from import_words.likenesses(self._likenesses)
        yield from import_words.differing(self._differing + self._parts.differing)


def plan(
    store: Store,
    rows: Iterable[Row],
    headings: Headings,
    wish: Wish,
    *,
    is_cancelled: IsCancelled = lambda: False,
    on_row: Callable[[int], object] = lambda _: None,
) -> Plan:
    """The plan for all rows under the headings.

    Raises:
        Cancelled: `is_cancelled` said so.
        CannotImport: the table cannot be read to its end.
    """
    planner = Planner(store, headings, wish)
    for count, (number, cells) in enumerate(rows):
        if count % _ROWS_BETWEEN_QUESTIONS == 0:
            on_row(count)
            if is_cancelled():
                raise Cancelled
        if number > headings.row:
            planner.add(number, cells)
    return planner.plan()
