"""An action plan as a Word document: landscape, a table for each inspection whose header is repeated."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Emu, Pt, RGBColor

from db.action_plan import ActionPlan, Line
from desktop_app.exchange import docx_parts
from desktop_app.exchange.action_plan_tables import COLUMNS, cells, groups, subtitle
from desktop_app.exchange.briefing_values import LICENCE, printable

_PAGE, _MARGIN = (Cm(29.7), Cm(21)), Cm(1.5)
_SHADE_OF_HEADER, _SHADE_OF_AREA = "E8E8E8", "F5F5F5"


def document(plan: ActionPlan, marking: str = "", step: Callable[[], None] = lambda: None) -> bytes:
    """The whole document.

    Args:
        marking: printed above and below every page, or empty.
        step: called after every line; what it raises ends the work.
    """
    made: Any = docx_parts.opened(None)
    docx_parts.set_language(made)
    _lay_pages(made, marking)
    _set_type(made)
    made.add_paragraph(printable(plan.title), "Title")
    made.add_paragraph(subtitle(plan))
    for inspection, lines in groups(plan):
        made.add_paragraph(printable(inspection), "Heading 1")
        _add_table(made, inspection, lines, step)
    made.add_paragraph(LICENCE)
    _name(made, plan)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _set_type(made: Any) -> None:
    for name, size in (("Title", 18), ("Heading 1", 13), ("Normal", 9)):
        font = made.styles[name].font
        font.name, font.size, font.color.rgb = "Arial", Pt(size), RGBColor(0, 0, 0)
        fonts = made.styles[name].element.rPr.rFonts
        for key in [key for key in fonts.attrib if "heme" in key]:
            del fonts.attrib[key]  # a theme's typeface would win over the one that is named
    made.styles["Normal"].paragraph_format.space_after = Pt(2)


def _lay_pages(made: Any, marking: str) -> None:
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _PAGE
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, _MARGIN)
    foot = section.footer.add_paragraph()
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    docx_parts.add_page_number(foot)
    for edge in (section.header, section.footer) if marking else ():
        line = edge.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(marking).bold = True


def _add_table(made: Any, inspection: str, lines: list[Line], step: Callable[[], None]) -> None:
    width = _PAGE[0] - 2 * _MARGIN
    table = made.add_table(rows=0, cols=len(COLUMNS))
    table.autofit = False
    rows: list[tuple[Line | None, tuple[str, ...]]] = [(None, tuple(column.heading for column in COLUMNS))]
    rows += [(line, cells(line)) for line in lines]
    for line, texts in rows:
        for cell, text, column in zip(table.add_row().cells, texts, COLUMNS, strict=True):
            cell.width = Emu(width * column.share // 100)
            run = cell.paragraphs[0].add_run(printable(text))
            run.font.size = Pt(8)
            run.bold = line is None
            if line is None or not line.is_action:
                docx_parts.shade(cell._tc, _SHADE_OF_HEADER if line is None else _SHADE_OF_AREA)
        step()
    for made_column, column in zip(table.columns, COLUMNS, strict=True):
        made_column.width = Emu(width * column.share // 100)
    described = "Each area for improvement in the inspectors’ words, and below it what is done about it."
    docx_parts.dress(table, printable(inspection), described)
    made.add_paragraph()


def _name(made: Any, plan: ActionPlan) -> None:
    """Say what the document is, and nothing of who or what made it."""
    properties = made.core_properties
    properties.title, properties.language = printable(plan.title)[:255], docx_parts.LANGUAGE
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(properties, name, "")
    properties.revision = 1
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
