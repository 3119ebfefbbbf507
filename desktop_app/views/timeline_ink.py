"""The colours that a timeline is painted in: those of the look, and on paper the light ones."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app import look
from desktop_app.look import Look

_papers: list[Look] = []


def current() -> Look:
    """The look in use, or the one of the paper that is painted on."""
    return _papers[-1] if _papers else look.current()


@contextmanager
def on_paper() -> Iterator[None]:
    """Paint in the light look, whichever the window wears."""
    _papers.append(look.load("light"))
    try:
        yield
    finally:
        _papers.pop()
