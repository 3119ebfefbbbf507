"""One deed as a value: the records before it and after it."""

from dataclasses import dataclass, replace

from db.records import Record


@dataclass(frozen=True, slots=True)
class Edit:
    """Records before and after one deed; its swap undoes it.

    A record that stands only in `after` is added, only in `before` removed, in both replaced.
    `deed_id` is given by the store once it is written; `undoes` names the deed that it takes back.
    """

    before: tuple[Record, ...] = ()
    after: tuple[Record, ...] = ()
    deed_id: str = ""
    undoes: str = ""

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
