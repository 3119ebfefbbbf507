"""One deed as a value: the records before it and after it."""

from dataclasses import dataclass, replace

from db.records import Record


@dataclass(frozen=True, slots=True)
class Learnt:
    """The newest version of a record in another file, which a merge makes known here (`db.merge`).

    `here` and `there` are the record as it stands on either side, None where it is not; one of them is a record.
    `versions` are the ids of versions that the other file knows and this one does not, the newest last. Where it
    `is_settled` what becomes of the record is newer than either side, even if it says the same.
    """

    here: Record | None
    there: Record | None
    versions: tuple[str, ...]
    is_settled: bool = True

    @property
    def record(self) -> Record:
        """The record as it is known on one of the sides, ours first."""
        found = self.here or self.there
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Edit:
    """Records before and after one deed; its swap undoes it.

    A record that stands only in `after` is added, only in `before` removed, in both replaced.
    `deed_id` is given by the store once it is written; `undoes` names the deed that it takes back.
    `learnt` are versions of another file that the deed takes note of; the swap leaves them out.
    """

    before: tuple[Record, ...] = ()
    after: tuple[Record, ...] = ()
    deed_id: str = ""
    undoes: str = ""
    learnt: tuple[Learnt, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.before or self.after or self.learnt)

    def differing(self) -> "Edit":
        """The edit without the records that are the same before and after."""
        same = {*self.before} & {*self.after}
        return replace(
            self,
            before=tuple(record for record in self.before if record not in same),
            after=tuple(record for record in self.after if record not in same),
        )

    def undone(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(before=self.after, after=self.before, undoes=self.deed_id)
