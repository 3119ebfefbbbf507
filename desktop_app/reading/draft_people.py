"""Names of lead inspectors without what stands round them: titles, initials of their office, the rest of the team."""

import re

_OFFICE = re.compile(
    r"""[,;:(\[–-]*\s*\b(?:
        (?:acting\s+)?(?:senior\s+|lead\s+|former\s+)?h(?:er|is)\s+majest(?:y\s?['’]?\s?s?|ies['’]?)\s+(?:senior\s+)?inspectors?
            (?:\s*of\s+education[^,;&]*)?(?:\s*\(?\s*s?hmi\s*\)?)?
        | (?:acting\s+)?(?:senior\s+|social\s+care\s+)?s?h\.?\s?m\.?\s?i\b\.?
        | (?:senior\s+)?hm\s+inspectors?
        | (?:senior\s+)?(?:ofsted|social\s+care(?:\s+regulatory)?|regulatory|associate|additional|seconded)\s+
          inspectors?(?:\s*\([a-z]+\))?
        | (?:ai|oi|ri|scri|scrim)\b
    )(?:\s*,?\s*(?:social\s+care|ofsted))?\s*[)\]]?""",
    re.IGNORECASE | re.VERBOSE,
)
_NEXT_ROLE = re.compile(
    r"[,;.]?\s*\b(?:deputy\b|team inspectors?\b|inspectors?:|associate inspectors?\b|senior data\b|data analyst\b|"
    r"quality assurance\b|shadow\b|seconded\b|additional inspectors?\b|regulatory inspect|ofsted inspectors?:|"
    r"other inspectors?\b|age group\b|published\b|judgements?\b|inspection dates?\b|report published\b|"
    r"supported by\b|assisted by\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:;|/|&|\band\b|\bwith\b|,|\n|\|)\s*")
_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*|d[aeiu]|d['’]\w+|van|von|de[rn]?|te[rn]?|le|la|bin|bint|ibn|el|al|al-\w+)")
_NO_PERSON = re.compile(
    r"\b(?:social care|inspectors?|ofsted|regional|director|senior|children|education|majesty|services|manager|"
    r"skills|advis[eo]r|acting|national|specialist|lead)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 5

_ODD_NAME = "“{}” does not look like a name. Check it against the report."
_SEVERAL = "The report names {} lead inspectors."


def names(text: str) -> tuple[list[str], tuple[str, ...]]:
    """The names in what is printed after "Lead inspector:", and doubts about them."""
    found = _NEXT_ROLE.search(text)
    words = _OFFICE.sub(" | ", text[: found.start()] if found else text)
    parts = [part.strip(" .:|-–") for part in _BETWEEN.split(words)]
    words_left = [part for part in parts if any(map(str.isalpha, part)) and not _NO_PERSON.search(part)]
    people = [part for part in words_left if part[0].isupper()]
    doubts = [_ODD_NAME.format(name) for name in words_left if not _is_name(name)]
    if len(people) > 1:
        doubts.append(_SEVERAL.format(len(people)))
    return people, tuple(doubts)


def holds_an_office(text: str) -> bool:
    """Whether a line says what someone is."""
    return bool(_OFFICE.search(text))


def holds_only_an_office(text: str) -> bool:
    """Whether a line says what someone is, and no name."""
    return not any(map(str.isalpha, _OFFICE.sub(" ", text)))


def _is_name(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= _MOST_WORDS and all(_NAME.fullmatch(word) for word in words)
