"""What a Word document needs beyond python-docx: counted lists, language, tables that are read aloud, templates."""

import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.table import Table

from desktop_app.exchange.paper_file import NoTemplate

LANGUAGE = "en-GB"
_MOST_TEMPLATE_BYTES = 100_000_000  # unpacked
_TEMPLATE_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_ATTACHED_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
_BULLET, _DECIMAL = ("bullet", "•"), ("decimal", "%1.")
_AFTER_BORDERS = ("shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription", "tblPrChange")
_AFTER_TABLE_WORDS = ("tblPrChange",)


def opened(template: Path | None) -> DocxDocument:
    """A new document, or one made from a council's template (.docx or .dotx).

    Raises:
        NoTemplate: it cannot be read, holds macros, or is no Word document.
    """
    if template is None:
        return _without_picture(Document())
    try:
        document = Document(io.BytesIO(_as_document(template)))
    except OSError as error:
        raise NoTemplate(f"{template.name} cannot be read. Check that it is there and not locked.") from error
    except Exception as error:  # python-docx, lxml and zipfile each have errors of their own for what is no document
        raise NoTemplate(
            f"{template.name} is no Word document, or holds macros. In Word, save it as a Word Document (.docx)."
        ) from error
    _cut_from_its_template(document)
    return _without_picture(document)


def _without_picture(document: DocxDocument) -> DocxDocument:
    """Leave out the small picture of a first page, which shows another document than the paper."""
    found = document.part.package.rels
    for key in [key for key, one in found.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del found[key]
    return document


def _as_document(template: Path) -> bytes:
    """The bytes of a template, a .dotx changed to what Word calls a document."""
    out = io.BytesIO()
    with zipfile.ZipFile(template) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as document:
        if sum(one.file_size for one in packed.infolist()) > _MOST_TEMPLATE_BYTES:
            raise ValueError(template.name)
        for name in dict.fromkeys(packed.namelist()):
            content = packed.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(_TEMPLATE_TYPE, CONTENT_TYPE.WML_DOCUMENT_MAIN.encode())
            document.writestr(name, content)
    return out.getvalue()


def _cut_from_its_template(document: DocxDocument) -> None:
    """Take out the path of the template that a document was made from, which names folders and people."""
    settings = document.part._settings_part
    for found in settings.element.findall(qn("w:attachedTemplate")):
        settings.element.remove(found)
    for key in [key for key, one in settings.rels.items() if one.reltype == _ATTACHED_TEMPLATE]:
        del settings.rels[key]


def set_language(document: DocxDocument) -> None:
    """Have the whole document checked and read aloud as British English."""
    properties = document.styles.element.find(qn("w:docDefaults"))
    if properties is None:
        properties = OxmlElement("w:docDefaults")
        document.styles.element.insert(0, properties)
    runs = _child(_child(properties, "w:rPrDefault", first=True), "w:rPr")
    language = _child(runs, "w:lang")
    language.set(qn("w:val"), LANGUAGE)


def _child(parent: Any, name: str, *, first: bool = False) -> Any:
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.insert(0, found) if first else parent.append(found)
    return found


def add_list(document: DocxDocument, *, is_counted: bool) -> int:
    """Add a list to the document; return the number that its paragraphs name (`put_in_list`)."""
    numbering = _numbering(document)
    form, mark = _DECIMAL if is_counted else _BULLET
    abstract = 1 + max(
        (int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))), default=0
    )
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{mark}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>'
    )
    lists = numbering.findall(qn("w:num"))
    if lists:  # definitions stand before all lists
        lists[0].addprevious(definition)
    else:
        numbering.append(definition)
    return numbering.add_num(abstract).numId


def _numbering(document: DocxDocument) -> Any:
    main = document.part
    found = [one for one in main.rels.values() if one.reltype == RELATIONSHIP_TYPE.NUMBERING]
    if not found:
        name = PackURI("/word/numbering.xml")
        element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        part = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, element, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return main.numbering_part.element


def put_in_list(paragraph: Any, number: int) -> None:
    """Make a paragraph an item of a list that `add_list` added."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def dress(table: Table, caption: str, description: str) -> None:
    """Give a table lines, a name and a description for those who do not see it; its header is repeated."""
    properties = table._tbl.tblPr
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="767676"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    properties.insert_element_before(
        parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"), *(f"w:{one}" for one in _AFTER_BORDERS)
    )
    for name, words in (("w:tblCaption", caption), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), words)
        properties.insert_element_before(element, *(f"w:{one}" for one in _AFTER_TABLE_WORDS))
    _flag(table.rows[0], "w:cantSplit")
    _flag(table.rows[0], "w:tblHeader")
    for row in list(table.rows)[1:]:
        _flag(row, "w:cantSplit")


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def shade(element: Any, colour: str) -> None:
    """Fill a cell or the paragraphs of a style with a colour such as "E8E8E8"."""
    properties = element.get_or_add_tcPr() if hasattr(element, "get_or_add_tcPr") else element.get_or_add_pPr()
    filled = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    after = ("w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    properties.insert_element_before(filled, *after, "w:noWrap", "w:tcMar", "w:vAlign")


def set_level(style: Any, level: int) -> None:
    """Make a style a heading, its level counted from 0, for the list of headings and those who do not see it."""
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level))
    style.get_or_add_pPr().append(mark)


def add_page_number(paragraph: Any) -> None:
    """Add the number of the page, which Word counts."""
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)
