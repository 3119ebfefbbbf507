"""Names of councils and people as tables write them: "durham", "Durham CC", "County Durham"; the file’s own stands."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from db.records import Provider
from db.text import fold
from desktop_app.exchange.import_dates import Doubt

_SIGNS = re.compile(r"[^\w\s'-]+")
_COUNCIL_WORDS = re.compile(
    r"\b(?:council|county|city|borough|metropolitan|district|london|royal|unitary|authority|local|corporation|"
    r"children's|childrens|services?|social|care|mbc|mdc|cc|bc|mb|lb|lbc|rb|rbc|dc|la|ua|of|the)\b"
)
_SMALL = {"and", "of", "the", "upon", "on", "in", "with", "under", "le", "by"}
_ALIKE = 0.8
_TWO = "“{}” may be {}. Enter the whole name"
_CONTRADICTS = "URN {} belongs to {} in this file, not to “{}”. Correct the name or the number"


class Providers:
    """The providers of a file, and those that an import adds."""

    def __init__(self, known: Iterable[Provider]) -> None:
        self._by_name: dict[str, Provider] = {}
        self._by_short: dict[str, list[Provider]] = {}
        self._by_urn: dict[str, Provider] = {}
        self._found: dict[str, Provider | None] = {}
        for provider in known:
            self.add(provider)
        self._first = {short(one.name): one.name for one in self._by_name.values() if one.kind == "local_authority"}

    def add(self, provider: Provider) -> None:
        """Know one more."""
        self._by_name[fold(provider.name).strip()] = provider
        if provider.kind == "local_authority":
            self._by_short.setdefault(short(provider.name), []).append(provider)
        if provider.urn:
            self._by_urn.setdefault(provider.urn, provider)
        self._found.clear()

    def replace(self, provider: Provider) -> None:
        """Know one more, or one that was changed."""
        known = self._by_short.get(short(provider.name), [])
        known[:] = [one for one in known if one.id != provider.id]
        if provider.urn:
            self._by_urn[provider.urn] = provider
        self.add(provider)

    def find(self, name: str, urn: str = "") -> Provider | None:
        """The provider that is meant; None where the file has none such.

        Raises:
            Doubt: several may be meant, or name and number name different ones.
        """
        by_name = self._named(name) if name else None
        by_urn = self._by_urn.get(urn) if urn else None
        if by_name and by_urn and by_name.id != by_urn.id:
            raise Doubt(_CONTRADICTS.format(urn, by_urn.name, name))
        return by_name or by_urn

    def _named(self, name: str) -> Provider | None:
        if name not in self._found:
            self._found[name] = self._look_for(name)
        return self._found[name]

    def _look_for(self, name: str) -> Provider | None:
        if exact := self._by_name.get(fold(name).strip()):
            return exact
        bare = short(name)
        found = self._by_short.get(bare, []) if bare else []
        if len(found) > 1:
            raise Doubt(_TWO.format(name, " or ".join(one.name for one in found)))
        return found[0] if found else None

    def like(self, name: str) -> str:
        """The name of a provider that the file had before and that is spelt much like it; empty where there is none."""
        near = get_close_matches(short(name), [one for one in self._first if one], n=1, cutoff=_ALIKE)
        return self._first[near[0]] if near else ""


def short(name: str) -> str:
    """What tells one council from another: "Durham County Council" and "County Durham" are "durham"."""
    bare = _SIGNS.sub(" ", fold(name).replace("&", " and ").replace(".", ""))
    return " ".join(_COUNCIL_WORDS.sub(" ", bare).replace("-", " ").split())


def in_capitals(name: str) -> str:
    """A name that stands in small letters, or in capitals alone, as names are written: "St Helens", "Anna Gravelle"."""
    letters = [letter for letter in name if letter.isalpha()]
    if not letters or not (name.islower() or (name.isupper() and len(letters) > 4)):
        return name
    words = name.lower().split(" ")
    return " ".join(word if place and word in _SMALL else _capital(word) for place, word in enumerate(words))


def _capital(word: str) -> str:
    parts = re.split(r"(-)", word)
    if len(parts) > 1:
        return "".join(
            part if part == "-" or (place and part in _SMALL) else _capital(part) for place, part in enumerate(parts)
        )
    if re.match(r"(?:mc|o['’])\w", word):
        start = 2
        return word[:1].upper() + word[1:start] + word[start : start + 1].upper() + word[start + 1 :]
    return word[:1].upper() + word[1:]
