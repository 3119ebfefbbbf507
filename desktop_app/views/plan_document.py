"""An action plan for the printer and as PDF: landscape, the header of the table on every page, nothing read as HTML."""

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from db.action_plan import ActionPlan, Line
from desktop_app.exchange.action_plan_tables import COLUMNS, cells, groups, subtitle
from desktop_app.exchange.briefing_values import LICENCE

_FONT, _SIZE_PT, _TITLE_PT, _HEADING_PT = "Arial", 8, 15, 10.5
_DOTS_PER_INCH = 300
_MARGIN_MM = 12
_DOTS_PER_METRE, _EDGE = 3780, 20  # 96 to the inch, in which pages are measured
_INK, _LINES, _SHADE_OF_HEADER, _SHADE_OF_AREA = "#111111", "#767676", "#e8e8e8", "#f5f5f5"


def lay_out_page(device: QPagedPaintDevice) -> None:
    """Have a printer or a PDF print on A4 across."""
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size, across = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape
    device.setPageLayout(QPageLayout(size, across, margins, QPageLayout.Unit.Millimeter))


def pdf(plan: ActionPlan, marking: str = "") -> bytes:
    """The plan as PDF, with text that can be searched and copied."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(plan.title)
    lay_out_page(writer)
    put_on(plan, writer, marking)
    del writer  # the end of the file is written with it
    return bytes(buffer.data().data())


def put_on(plan: ActionPlan, device: QPagedPaintDevice, marking: str = "") -> None:
    """Print the plan on pages that `lay_out_page` laid out; the marking and the number stand on every one."""
    measure = QImage(1, 1, QImage.Format.Format_RGB32)  # so that points are as many dots whatever the screen
    measure.setDotsPerMeterX(_DOTS_PER_METRE)
    measure.setDotsPerMeterY(_DOTS_PER_METRE)
    scale = device.logicalDpiX() / measure.logicalDpiX()
    page = QSizeF(device.width() / scale, device.height() / scale)
    body = QSizeF(page.width(), page.height() - 2 * _EDGE)
    made = document(plan)
    made.documentLayout().setPaintDevice(measure)
    made.setPageSize(body)
    _keep_headings(made, body.height())
    painter = QPainter(device)
    painter.scale(scale, scale)
    for number in range(made.pageCount()):
        if number:
            device.newPage()
        painter.save()
        painter.translate(0, _EDGE - number * body.height())
        made.drawContents(painter, QRectF(QPointF(0, number * body.height()), body))
        painter.restore()
        _draw_edges(painter, page, marking, number + 1, made.pageCount())
    painter.end()


def _keep_headings(made: QTextDocument, height: float) -> None:
    """Have each heading on the page of its table's first line."""
    layout = made.documentLayout()
    for table in made.rootFrame().childFrames():
        assert isinstance(table, QTextTable)
        heading = made.findBlock(table.firstPosition() - 2)
        first = table.cellAt(1, 0).firstCursorPosition().block()
        pages = [layout.blockBoundingRect(block).top() // height for block in (heading, first)]
        if pages[0] != pages[1]:
            anew = heading.blockFormat()
            anew.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(heading).setBlockFormat(anew)


def _draw_edges(painter: QPainter, page: QSizeF, marking: str, number: int, pages: int) -> None:
    letters = QFont(_FONT)
    letters.setPixelSize(round(_EDGE * 0.6))
    painter.setFont(letters)
    painter.setPen(QColor(_INK))
    top, foot = QRectF(0, 0, page.width(), _EDGE), QRectF(0, page.height() - _EDGE, page.width(), _EDGE)
    for edge in (top, foot):
        painter.drawText(edge, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, marking)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, f"{number} of {pages}")


def document(plan: ActionPlan) -> QTextDocument:
    """The plan as a text document; every text goes in as it is, as plain text."""
    made = QTextDocument()
    made.setDocumentMargin(0)
    cursor = QTextCursor(made)
    _write(cursor, plan.title, _TITLE_PT, is_bold=True)
    _write(cursor, subtitle(plan), _SIZE_PT, is_bold=False)
    for inspection, lines in groups(plan):
        _write(cursor, inspection, _HEADING_PT, is_bold=True, above=8)
        _add_table(cursor, lines)
        cursor.movePosition(QTextCursor.MoveOperation.End)
    _write(cursor, LICENCE, _SIZE_PT, is_bold=False, above=6)
    return made


def _write(cursor: QTextCursor, words: str, size_pt: float, *, is_bold: bool, above: int = 0) -> None:
    spaced = QTextBlockFormat()
    spaced.setTopMargin(above)
    spaced.setBottomMargin(4)
    if not cursor.document().isEmpty():
        cursor.insertBlock(spaced)
    cursor.insertText(words, _letters(size_pt, is_bold=is_bold))


def _letters(size_pt: float, *, is_bold: bool) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setFontFamilies([_FONT, "Helvetica", "sans-serif"])
    letters.setFontPointSize(size_pt)
    letters.setFontWeight(QFont.Weight.Bold if is_bold else QFont.Weight.Normal)
    letters.setForeground(QColor(_INK))
    return letters


def _add_table(cursor: QTextCursor, lines: list[Line]) -> None:
    shape = QTextTableFormat()
    shape.setHeaderRowCount(1)
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setBorderBrush(QColor(_LINES))
    shape.setCellPadding(2)
    shape.setCellSpacing(0)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shape.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, column.share) for column in COLUMNS]
    )
    table = cursor.insertTable(len(lines) + 1, len(COLUMNS), shape)
    rows: list[tuple[Line | None, tuple[str, ...]]] = [(None, tuple(column.heading for column in COLUMNS))]
    rows += [(line, cells(line)) for line in lines]
    for row, (line, texts) in enumerate(rows):
        for column, text in enumerate(texts):
            cell = table.cellAt(row, column)
            if line is None or not line.is_action:
                dressed = QTextTableCellFormat()
                dressed.setBackground(QColor(_SHADE_OF_HEADER if line is None else _SHADE_OF_AREA))
                cell.setFormat(dressed)
            cell.firstCursorPosition().insertText(text, _letters(_SIZE_PT, is_bold=line is None))
