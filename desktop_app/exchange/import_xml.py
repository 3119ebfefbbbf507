"""XML from elsewhere, element by element; entities and depth without end, which no spreadsheet writes, are refused."""

from collections.abc import Callable
from xml.parsers import expat

Attributes = dict[str, str]
OnStart = Callable[[str, Attributes], object]
OnEnd = Callable[[str], object]
OnText = Callable[[str], object]
DEEPEST = 64
_NAMES_KEPT = 500
UNREADABLE = (expat.ExpatError, ValueError, OverflowError, RecursionError, LookupError)  # one names an encoding


class Forbidden(ValueError):
    """What no spreadsheet program writes."""


def parser(start: OnStart, end: OnEnd | None = None, text: OnText | None = None) -> expat.XMLParserType:
    """A parser that calls these with the names of elements, without their prefix.

    Its `Parse` raises one of UNREADABLE for what is no XML, or forbidden.
    """
    made = expat.ParserCreate(namespace_separator="}")
    made.buffer_text = True
    names: dict[str, str] = {}
    depth = 0

    def known(name: str) -> str:
        found = names.get(name)
        if found is None:
            found = local(name)
            if len(names) < _NAMES_KEPT:
                names[name] = found
        return found

    def on_start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Forbidden("elements in elements")
        start(known(name), attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(known(name))

    made.StartElementHandler, made.EndElementHandler = on_start, on_end
    made.StartDoctypeDeclHandler = _refuse
    if text is not None:
        made.CharacterDataHandler = text
    return made


def _refuse(*_: object) -> None:
    raise Forbidden("a document type")


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]
