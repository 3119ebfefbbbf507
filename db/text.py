"""What text may enter the file, and the form of it that a search compares.

Bidirectional controls (U+202A to U+202E, U+2066 to U+2069) are kept: a name or a quote in a right-to-left script
may need them to read as it was written, and what we show is plain text, where they can do no more than reorder it.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_LONE_SURROGATES_AND_NUL = re.compile("[\0\ud800-\udfff]")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")
_BETWEEN_WORDS = re.compile(r" *[\n\t][\n\t ]*")

_QUOTES = {"'": "‘’‚‛‹›′‵`´ʹʼ＇", '"': "“”„‟«»″‶＂"}
DASHES = (
    "֊־᐀᠆‐‑‒–—―⁃−⸗⸚⸺⸻⹀⹝〜〰゠︱︲﹘﹣－\U00010ead"  # Unicode's dashes (Pd), the minus and the hyphen bullet
    "\ufffe"  # what PDFium gives for a hyphen at a line's end
)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SOFT_HYPHEN = "\u00ad"
_ALIKE = {
    **{mark: plain for plain, marks in _QUOTES.items() for mark in marks},
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
    _SOFT_HYPHEN: "",
}
_ANY_ALIKE = re.compile(f"[{re.escape(''.join(_ALIKE))}]")


def clean(text: str, *, lines: bool) -> str:
    """Make any text fit for the file: NFC, no control characters, no white space around it.

    NUL and lone surrogates become U+FFFD. Every kind of line end becomes a newline, those that are control
    characters (vertical tab, form feed, next line) as well, so that no two words grow together. Nothing else is
    rewritten: spelling, quotation marks, dashes, emoji, soft hyphens and U+FFFE stay as they are.

    Args:
        lines: whether the field has lines; if not, newlines and tabs and the spaces beside them become one space.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _LONE_SURROGATES_AND_NUL.sub("\ufffd", text)
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text))
    return (text if lines else _BETWEEN_WORDS.sub(" ", text)).strip()


def fold(text: str) -> str:
    """Make texts alike that a search should not tell apart: case, quotation marks, dashes, spaces.

    Soft hyphens go; U+FFFE counts as the hyphen it stands for. Accents stay, as the index folds them itself,
    and so do the hyphens of "well-being". Folding twice changes nothing.
    """
    if text.isascii():  # nearly every word typed, and most of what is saved
        return text.lower().replace("`", "'")
    folded = unicodedata.normalize("NFD", _made_alike(text)).casefold()
    # Once more: taking characters apart and folding their case may bring out a quote (ŉ becomes ʼn).
    return unicodedata.normalize("NFC", _made_alike(folded))


def _made_alike(text: str) -> str:
    return _ANY_ALIKE.sub(lambda found: _ALIKE[found[0]], text)
