"""The committee paper as a web page: everything escaped, nothing loaded, and readable to a program that reads aloud."""

import re
from html.parser import HTMLParser

import pytest

from desktop_app.exchange import briefing_html
from desktop_app.exchange.briefing_values import LICENCE, Paper, Quotation, Section
from tests.desktop_app.test_briefing_docx import HOSTILE, PAPER

ATTACK = "</p><script>alert(1)</script><img src=http://x onerror=alert(1)>\" ' &lt; ]]> </style>"
PAGE_TAGS = set(
    "html head meta title style body main footer section h1 h2 h3 p ol ul li blockquote span table caption colgroup "
    "col thead tbody tr th td".split()
)


class Page(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, content):
        super().__init__()
        self.tags, self.attributes, self.text, self.depth = [], [], "", []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in ("meta", "col"):
            self.depth.append(tag)

    def handle_endtag(self, tag):
        assert self.depth.pop() == tag

    def handle_data(self, data):
        self.text += data


def attacked():
    return Paper(ATTACK, (), (Section("findings", (Quotation(ATTACK, ATTACK),)),), marking=ATTACK)


def test_every_text_is_escaped_and_no_element_comes_out_of_data(monkeypatch):
    page = Page(briefing_html.page(attacked()))
    assert set(page.tags) <= PAGE_TAGS
    assert page.text.count("<script>alert(1)</script>") == 6  # title twice, marking twice, quotation, reference
    assert page.depth == []
    monkeypatch.setattr(briefing_html, "escape", lambda text, **_: text)  # without the protection it would
    with pytest.raises(AssertionError):
        assert set(Page(briefing_html.page(attacked())).tags) <= PAGE_TAGS


def test_nothing_is_loaded_from_anywhere_and_nothing_runs():
    content = briefing_html.page(PAPER).decode("utf-8")
    page = Page(content.encode("utf-8"))
    assert not {name for _, name, _ in page.attributes} & {"src", "href", "srcset", "action", "onload", "onerror"}
    assert "script" not in page.tags and "link" not in page.tags
    assert not re.search(r"url\(|@import|@font-face", content)
    assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_headings_numbers_and_tables_are_real_and_the_language_is_british_english():
    page = Page(briefing_html.page(PAPER))
    assert ("html", "lang", "en-GB") in page.attributes
    assert [tag for tag in page.tags if tag in ("h1", "h2", "h3")] == ["h1", "h2", "h2", "h3", "h2"]
    assert [value for tag, name, value in page.attributes if (tag, name) == ("ol", "start")] == ["1", "3"]
    assert [value for tag, name, value in page.attributes if name == "scope"] == ["col", "col", "row", "row"]
    for words in (f"“{HOSTILE}” (para 33)", LICENCE, "[To be written by the author: committee]", PAPER.title):
        assert words in page.text


def test_a_marking_stands_above_and_below():
    paper = Paper(PAPER.title, (), PAPER.sections, marking="OFFICIAL")
    assert Page(briefing_html.page(paper)).text.count("OFFICIAL") == 2
    assert "OFFICIAL" not in Page(briefing_html.page(PAPER)).text


def test_print_repeats_table_headers_and_keeps_rows_whole():
    content = briefing_html.page(PAPER).decode("utf-8")
    assert "thead { display: table-header-group; }" in content
    assert "tr { break-inside: avoid; }" in content
    assert "@page { size: A4;" in content
