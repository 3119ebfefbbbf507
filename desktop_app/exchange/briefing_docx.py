"""A committee paper as a Word document, in our own look or in a council's template.

In a template the paper takes the place of a paragraph that says PLACE, else it follows what stands there; its
styles, headers and footers stay as they are, and only what it lacks is added.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from desktop_app.exchange import docx_parts
from desktop_app.exchange.briefing_values import (
    Block,
    Bullet,
    Paper,
    Paragraph,
    Quotation,
    Subheading,
    Table,
    ToWrite,
    printable,
)

PLACE = "[inspection paper]"
NORMAL, QUOTATION, TO_WRITE, IN_TABLE = "Normal", "Paper quotation", "Paper to be written", "Paper table text"
_FONT = "Arial"
_BUILT_IN_SIZES = {"Title": 18, "Heading 1": 14, "Heading 2": 12, "Caption": 11}
_LEVELS = {"Heading 1": 0, "Heading 2": 1}


def document(paper: Paper, template: Path | None = None, step: Callable[[], None] = lambda: None) -> bytes:
    """The whole document.

    Args:
        step: called after every piece; what it raises ends the work.

    Raises:
        NoTemplate: the template cannot be used.
    """
    return _Writer(paper, template, step).written()


class _Writer:
    def __init__(self, paper: Paper, template: Path | None, step: Callable[[], None]) -> None:
        self._paper, self._step = paper, step
        self._document: Any = docx_parts.opened(template)
        self._body = self._document.element.body
        self._already = [one for one in self._body if one.tag != qn("w:sectPr")]
        self._style_ids: dict[str, str] = {}
        self._add_styles()
        if template is None:
            self._look_like_ours()
        docx_parts.set_language(self._document)
        self._counted = docx_parts.add_list(self._document, is_counted=True)
        self._plain = docx_parts.add_list(self._document, is_counted=False)

    def written(self) -> bytes:
        """Write every piece, then pack the document."""
        self._add(self._paper.title, "Title")
        for gap in self._paper.front:
            self._write(gap)
        for section in self._paper.sections:
            self._add(section.heading, "Heading 1")
            self._step()
            for block in section.blocks:
                self._write(block)
                self._step()
        self._add(self._paper.licence, NORMAL)
        self._move_to_place()
        self._mark()
        self._name()
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _add(self, text: str, style: str) -> Any:
        return self._dressed(self._document.add_paragraph(printable(text)), style)

    def _dressed(self, paragraph: Any, style: str) -> Any:
        """Give a paragraph a style by its id; python-docx looks through all styles for each paragraph.

        Body text is whatever the document takes when nothing is said.
        """
        if style != NORMAL:
            if style not in self._style_ids:
                self._style_ids[style] = self._document.styles[style].style_id
            paragraph._p.style = self._style_ids[style]
        return paragraph

    def _write(self, block: Block) -> None:
        match block:
            case Paragraph():
                docx_parts.put_in_list(self._add(block.text, NORMAL), self._counted)
            case Bullet():
                docx_parts.put_in_list(self._add(block.text, NORMAL), self._plain)
            case Quotation():
                reference = f" ({block.reference})" if block.reference else ""
                self._add(block.words, QUOTATION).add_run(printable(reference))
            case ToWrite():
                self._add(block.words, TO_WRITE)
            case Subheading():
                self._add(block.text, "Heading 2")
            case Table():
                self._write_table(block)

    def _write_table(self, table: Table) -> None:
        caption = self._add(table.caption, "Caption")
        caption.paragraph_format.keep_with_next = True
        made = self._document.add_table(rows=0, cols=len(table.header))
        made.autofit = False
        width = self._width()
        for row in (table.header, *table.rows):
            for cell, value, share in zip(made.add_row().cells, row, table.shares, strict=True):
                cell.width = Emu(width * share // 100)
                self._fill(cell, value, is_header=row is table.header)
        for column, share in zip(made.columns, table.shares, strict=True):
            column.width = Emu(width * share // 100)
        docx_parts.dress(made, printable(table.caption), table.description)
        self._add("", IN_TABLE)  # two tables without a paragraph between them grow together

    def _fill(self, cell: Any, value: Any, *, is_header: bool) -> None:
        paragraph = cell.paragraphs[0]
        is_gap = isinstance(value, ToWrite)
        self._dressed(paragraph, TO_WRITE if is_gap else IN_TABLE)
        run = paragraph.add_run(printable(value.words if is_gap else value))
        if is_header:
            run.bold = True
            docx_parts.shade(cell._tc, "E8E8E8")

    def _width(self) -> int:
        """The width of the text, in the units of Word."""
        section = self._document.sections[-1]
        sizes = (section.page_width, section.left_margin, section.right_margin)
        page, left, right = (
            size if size is not None else usual for size, usual in zip(sizes, (Cm(21), Cm(2.5), Cm(2.5)), strict=True)
        )
        return page - left - right

    def _move_to_place(self) -> None:
        """Move what was added to where the template wants it."""
        marks = [one for one in self._already if one.tag == qn("w:p") and _text_of(one).strip().casefold() == PLACE]
        if not marks:
            return
        added = [one for one in self._body if one not in self._already and one.tag != qn("w:sectPr")]
        for one in added:
            marks[0].addprevious(one)
        self._body.remove(marks[0])

    def _mark(self) -> None:
        """Print the marking above and below every page."""
        if not self._paper.marking:
            return
        for place, section in enumerate(self._document.sections):
            edges = [section.header, section.footer]
            if section.different_first_page_header_footer:
                edges += [section.first_page_header, section.first_page_footer]
            if self._document.settings.odd_and_even_pages_header_footer:
                edges += [section.even_page_header, section.even_page_footer]
            for edge in edges:
                if edge.is_linked_to_previous and place:
                    continue  # it shows the one before, which has the marking
                line = edge.paragraphs[0].insert_paragraph_before() if edge.paragraphs else edge.add_paragraph()
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                line.add_run(self._paper.marking).bold = True

    def _name(self) -> None:
        """Say what the document is, and nothing of who or what made it."""
        properties = self._document.core_properties
        properties.title = printable(self._paper.title)[:255]
        properties.language = docx_parts.LANGUAGE
        for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
            setattr(properties, name, "")
        properties.revision = 1
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)

    def _add_styles(self) -> None:
        """Add the styles that the paper needs and the document lacks; those that are there stay."""
        styles = self._document.styles
        for name, size in _BUILT_IN_SIZES.items():
            if name not in styles:
                made = self._new_style(name, is_built_in=True)
                made.font.size, made.font.bold = Pt(size), True
                if name in _LEVELS:
                    docx_parts.set_level(made.element, _LEVELS[name])
        if QUOTATION not in styles:
            lines = self._new_style(QUOTATION).paragraph_format
            lines.left_indent, lines.right_indent, lines.space_after = Cm(1), Cm(1), Pt(8)
        if IN_TABLE not in styles:
            lines = self._new_style(IN_TABLE).paragraph_format
            lines.space_before, lines.space_after, lines.line_spacing = Pt(2), Pt(2), 1.0
        if TO_WRITE not in styles:
            made = self._new_style(TO_WRITE)
            made.font.italic = True
            docx_parts.shade(made.element, "FFF3BF")

    def _new_style(self, name: str, *, is_built_in: bool = False) -> Any:
        styles = self._document.styles
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=is_built_in)
        made.base_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
        made.quick_style, made.hidden = True, False
        return made

    def _look_like_ours(self) -> None:
        """A4, a plain typeface of 12 points, black on white, and the number on every page."""
        styles = self._document.styles
        for name, size in {NORMAL: 12, **_BUILT_IN_SIZES}.items():
            font = styles[name].font
            font.name, font.size, font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
            fonts = styles[name].element.rPr.rFonts
            for key in [key for key in fonts.attrib if "heme" in key]:
                del fonts.attrib[key]  # a theme's typeface would win over the one that is named
        styles[NORMAL].paragraph_format.space_after = Pt(8)
        styles[IN_TABLE].font.size = Pt(11)
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        docx_parts.add_page_number(foot)


def _text_of(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
