"""Looks through texts for what might identify a child, and for places on a computer: each hit in its context.

It helps a person who reads before sharing; that nothing is found is no proof. Numbers count only where their check
digit is right, and words of public reports ("children aged 16 to 25", Ofsted's own address) do not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

CONTEXT_LETTERS = 50
_LETTERS_OF_UPN = "ABCDEFGHJKLMNPQRTUVWXYZ"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_IN_NUMBERS = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}"
_DAY = rf"(?:{_IN_NUMBERS}|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH},? \d{{4}})"
# Two or three letters before an age that are words of the field, not somebody's initials.
_NO_INITIALS = frozenset("LAC CLA CIN CP CSE CCE SEN LA YOS YJS EHC HMI UK EH EET CAF FGM AP PRU YP A I".split())
# What reports print of Ofsted, the department and the National Archives themselves.
_OFFICES = frozenset({"M1 2WD", "WC2B 6SE", "BS1 6HJ", "BS1 6EA", "NG1 6HJ", "SW1P 3BT", "TW9 4DU"})
_OFFICE_PHONES = frozenset({"01616188524"})


class Kind(StrEnum):
    """What a hit might be; its value is what a person is told."""

    NHS_NUMBER = "NHS number"
    UPN = "Unique pupil number"
    BIRTH = "Date of birth"
    POSTCODE = "Postcode"
    EMAIL = "E-mail address"
    PHONE = "Phone number"
    AGE = "Initials with an age"
    NAMED_BY_LETTER = "Child named by a letter"
    PLACE = "Place on a computer"


@dataclass(frozen=True, slots=True)
class Found:
    """One hit in a text: where it stands, and the words around it."""

    kind: Kind
    start: int
    words: str
    before: str
    after: str

    @property
    def context(self) -> str:
        """The hit inside its words, on one line, marked by brackets."""
        return " ".join(f"{self.before}[{self.words}]{self.after}".split())


def look_through(text: str) -> list[Found]:
    """Every hit in a text, in order; of hits that overlap the first of `Kind`."""
    plain = _ADDRESS.sub(lambda found: " " * len(found[0]), text)  # a number in a web address is none of a person
    found: list[Found] = []
    for kind, pattern, is_meant in _RULES:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if is_meant(match) and not any(start < one.start + len(one.words) and one.start < end for one in found):
                before = text[max(0, start - CONTEXT_LETTERS) : start]
                found.append(Found(kind, start, text[start:end], before, text[end : end + CONTEXT_LETTERS]))
    return sorted(found, key=lambda one: one.start)


def _is_nhs_number(match: re.Match[str]) -> bool:
    digits = [int(letter) for letter in match[0] if letter.isdigit()]
    rest = 11 - sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return rest % 11 == digits[9] and rest != 10 and len(set(digits)) > 1


def _is_upn(match: re.Match[str]) -> bool:
    upn = match[0].upper()
    values = [_LETTERS_OF_UPN.find(each) if each.isalpha() else int(each) for each in upn[1:]]
    return _LETTERS_OF_UPN[sum(value * weight for weight, value in enumerate(values, 2)) % 23] == upn[0]


def _is_postcode(match: re.Match[str]) -> bool:
    words = match[0]
    if words.islower() and words.endswith(("st", "nd", "rd", "th")):
        return False
    return (words.isupper() or words.islower()) and f"{words[:-3].strip()} {words[-3:]}".upper() not in _OFFICES


def _is_phone(match: re.Match[str]) -> bool:
    return re.sub(r"\D", "", match[0]) not in _OFFICE_PHONES


def _is_initials(match: re.Match[str]) -> bool:
    letters = re.sub(r"[\s.]", "", match["who"])
    return letters not in _NO_INITIALS and int(match["age"] or match["years"] or match["alone"]) < 20


def _is_named(match: re.Match[str]) -> bool:
    return match["letter"] != "I" or match[0][0].isupper()  # "every child I met"


def _always(_match: re.Match[str]) -> bool:
    return True


_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_RULES: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (Kind.NHS_NUMBER, re.compile(r"(?<![\d-])\d{3}([ -]?)\d{3}\1\d{4}(?![\d-])", re.ASCII), _is_nhs_number),
    (Kind.UPN, re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b", re.ASCII | re.IGNORECASE), _is_upn),
    (
        Kind.BIRTH,
        re.compile(rf"\b(?:born|date of birth|d\.?o\.?b\.?)\b[^.;\n]{{0,15}}?(?:{_DAY}|\b20[012]\d\b)", re.IGNORECASE),
        _always,
    ),
    (
        Kind.EMAIL,
        re.compile(
            r"[\w.+'-]{1,64}@(?!ofsted\.gov\.uk|nationalarchives\.)[\w-]{1,63}(?:\.[\w-]{1,63})+", re.IGNORECASE
        ),
        _always,
    ),
    (
        Kind.POSTCODE,
        re.compile(r"\b[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.ASCII | re.IGNORECASE),
        _is_postcode,
    ),
    # Numbers that begin with 03 or 08 are those of organisations.
    (Kind.PHONE, re.compile(r"(?<![\d.,])(?:\+44[ -]?(?:\(0\))?|\(?0)[127]\d(?:[ )-]{0,2}\d){7,8}(?!\d)"), _is_phone),
    (
        Kind.AGE,
        re.compile(
            r"\b(?P<who>(?:[A-Z]\.\s?){1,3}|[A-Z]{1,3}),? ?\(?(?:is |was )?"
            r"(?:aged? (?P<age>\d{1,2})(?! ?(?:to|and|or|–|-|\+))|(?P<years>\d{1,2})[ -](?:years?|yrs?|months?)\b"
            r"|(?<=\.\s\()(?P<alone>\d{1,2})\))"
        ),
        _is_initials,
    ),
    (
        Kind.NAMED_BY_LETTER,
        re.compile(
            r"\b(?:[Cc]hild|CHILD|[Yy]oung person|[Bb]aby|[Ss]ibling|[Pp]upil|[Tt]win|[Mm]other|[Ff]ather) "
            r"(?P<letter>[A-Z]|[A-Z]?\d{1,2})\b"
        ),
        _is_named,
    ),
    (
        Kind.PLACE,
        re.compile(r"\b[A-Za-z]:\\\S*|\\\\\w[\w.$-]*\\\S*|(?<![\w/.])/(?:home|Users)/\S+|\bfile:/\S*"),
        _always,
    ),
)
