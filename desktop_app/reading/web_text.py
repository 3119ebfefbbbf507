"""A web page to paragraphs: its words in reading order, without scripts, styles, menus and what is hidden."""

from html.parser import HTMLParser

from desktop_app.reading.paragraph_values import Kind, Paragraph

_DROPPED = {"script", "style", "noscript", "template", "svg", "head", "nav", "button", "select", "iframe", "object"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    *_HEADINGS,
    *"p div li ul ol dl dt dd table tr td th caption section article aside header footer main".split(),
    *"blockquote figure figcaption pre form fieldset address body br hr".split(),
}


def paragraphs(page: str) -> list[Paragraph]:
    """The paragraphs, items and headings of a page; one that is badly made gives what can be made out."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    parser.end_block()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = []
        self._words: list[str] = []
        self._dropped: list[str] = []
        self._headings: dict[int, str] = {}
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped[:1] == ["p"] and tag in _BLOCKS:
            self._dropped = []  # a paragraph may be left open, and ends where the next begins
        if self._dropped:
            if tag == self._dropped[0]:
                self._dropped.append(tag)
            return
        if tag in _DROPPED or (tag not in _VOID and _is_hidden(attrs)):
            self._dropped = [tag]
        elif tag in _BLOCKS:
            self.end_block()
            self._tag = self._tag if tag == "br" else tag

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            if tag == self._dropped[0]:
                self._dropped.pop()
        elif tag in _BLOCKS:
            self.end_block()
            self._tag = ""

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self._words.append(data)

    def end_block(self) -> None:
        """Make a paragraph of the words since the last one."""
        text = " ".join("".join(self._words).replace("\u00ad", "").split())
        self._words = []
        if not text:
            return
        level = _HEADINGS.get(self._tag)
        if level:
            self._headings = {each: words for each, words in self._headings.items() if each < level}
        kind = Kind.HEADING if level else Kind.ITEM if self._tag == "li" else Kind.PARAGRAPH
        headings = tuple(words for _, words in sorted(self._headings.items()))
        self.found.append(Paragraph(text=text, kind=kind, level=int(kind is Kind.ITEM), headings=headings))
        if level:
            self._headings[level] = text


def _is_hidden(attributes: list[tuple[str, str | None]]) -> bool:
    named = dict(attributes)
    style = (named.get("style") or "").replace(" ", "").lower()
    return "hidden" in named or "display:none" in style
