"""A committee paper as one HTML page: no script, nothing loaded from elsewhere, made for print as well."""

from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

from desktop_app.exchange.briefing_values import (
    Block,
    Bullet,
    Cell,
    Paper,
    Paragraph,
    Quotation,
    Section,
    Subheading,
    Table,
    ToWrite,
    printable,
)

_STYLE = """\
@page { size: A4; margin: 20mm; }
body { font: 12pt/1.45 Arial, Helvetica, sans-serif; color: #111; background: #fff; max-width: 46em;
  margin: 2em auto; padding: 0 1em; overflow-wrap: anywhere; }
h1 { font-size: 1.6em; line-height: 1.2; } h2 { font-size: 1.25em; margin-top: 1.8em; } h3 { font-size: 1.05em; }
h1, h2, h3 { break-after: avoid; }
ol, ul { padding-left: 2.2em; } li { margin: .5em 0; }
blockquote { margin: .8em 0 .8em 2.2em; padding-left: .8em; border-left: 3px solid #767676; break-inside: avoid; }
.words { white-space: pre-line; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; table-layout: fixed; }
caption { text-align: left; font-weight: bold; padding: .3em 0; break-after: avoid; }
th, td { border: 1px solid #767676; padding: .35em .5em; text-align: left; vertical-align: top; white-space: pre-line; }
thead { display: table-header-group; } thead th { background: #e8e8e8; } tbody th { font-weight: normal; }
tr { break-inside: avoid; }
.to-write { background: #fff3bf; border-left: 4px solid #8a6d00; padding: .2em .5em; font-style: italic; }
td .to-write { border-left: 0; }
.marking { text-align: center; font-weight: bold; } .licence { margin-top: 2.5em; font-size: .9em; }
@media print { body { max-width: none; margin: 0; padding: 0; }
  .to-write, thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def page(paper: Paper, step: Callable[[], None] = lambda: None) -> bytes:
    """The whole page as UTF-8.

    Args:
        step: called after every piece; what it raises ends the work.
    """
    return "\n".join(_lines(paper, step)).encode("utf-8")


def _lines(paper: Paper, step: Callable[[], None]) -> Iterator[str]:
    title = _text(paper.title)
    yield '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>"
    marking = f'<p class="marking">{_text(paper.marking)}</p>' if paper.marking else ""
    yield f"{marking}\n<main>\n<h1>{title}</h1>"
    yield from (_to_write(gap) for gap in paper.front)
    number = 1
    for section in paper.sections:
        step()
        yield f'<section id="{section.key}">\n<h2>{_text(section.heading)}</h2>'
        for line, count in _blocks(section, number, step):
            yield line
            number += count
        yield "</section>"
    yield f'</main>\n<footer>\n<p class="licence">{_text(paper.licence)}</p>\n{marking}\n</footer>\n</body>\n</html>\n'


def _blocks(section: Section, number: int, step: Callable[[], None]) -> Iterator[tuple[str, int]]:
    """Each piece with how many counted paragraphs it has; those that follow each other are one list."""
    for kind, group in groupby(section.blocks, key=type):
        blocks = list(group)
        if kind is Paragraph:
            yield f'<ol start="{number}">{_items(blocks)}</ol>', len(blocks)
            number += len(blocks)
        elif kind is Bullet:
            yield f"<ul>{_items(blocks)}</ul>", 0
        else:
            yield "\n".join(_block(block) for block in blocks), 0
        for _ in blocks:
            step()


def _items(blocks: list[Block]) -> str:
    return "".join(f'<li class="words">{_text(one.text)}</li>' for one in blocks if isinstance(one, Paragraph | Bullet))


def _block(block: Block) -> str:
    match block:
        case Quotation():
            reference = f" ({_text(block.reference)})" if block.reference else ""
            return f'<blockquote><span class="words">{_text(block.words)}</span>{reference}</blockquote>'
        case Subheading():
            return f"<h3>{_text(block.text)}</h3>"
        case ToWrite():
            return _to_write(block)
        case Table():
            return _table(block)
    raise TypeError(block)


def _to_write(gap: ToWrite, tag: str = "p") -> str:
    return f'<{tag} class="to-write">{_text(gap.words)}</{tag}>'


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{share}%">' for share in table.shares)
    header = "".join(f'<th scope="col">{_text(name)}</th>' for name in table.header)
    rows = "\n".join(
        "<tr>" + "".join(_cell(cell, is_first=place == 0) for place, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    return (
        f"<table>\n<caption>{_text(table.caption)}</caption>\n<colgroup>{columns}</colgroup>\n"
        f"<thead><tr>{header}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _cell(cell: Cell, *, is_first: bool) -> str:
    if isinstance(cell, ToWrite):
        return f"<td>{_to_write(cell, 'span')}</td>"
    return f'<th scope="row">{_text(cell)}</th>' if is_first else f"<td>{_text(cell)}</td>"


def _text(text: str) -> str:
    return escape(printable(text), quote=True)
