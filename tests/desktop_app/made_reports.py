"""Reports made up in every layout, as PDFs and as text: titles, facts, tables, lists, letters."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.desktop_app import made_pdfs
from tests.desktop_app.made_pdfs import At

_HEIGHT = 842.0
_PITCH = 1.25  # of the size of the letters, from line to line
_LEFT, _GRADES, _EARLIER = 72.0, 330.0, 460.0
_LABEL_LETTERS, _GRADE_LETTERS, _LINE_LETTERS = 42, 22, 80
_LAST = 740.0

ILACS_2018 = (
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care and care leavers",
    "Overall effectiveness",
)
ILACS_2023 = (
    *ILACS_2018[:2],
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
    "Overall effectiveness",
)
ILACS_2026 = ILACS_2023[:4]
SIF = (
    "1. Children who need help and protection",
    "2. Children looked after and achieving permanence",
    "2.1 Adoption performance",
    "2.2 Experiences and progress of care leavers",
    "3. Leadership, management and governance",
)
PROTECTION = (
    "Overall effectiveness",
    "The effectiveness of the help and protection provided to children, young people, families and carers",
    "The quality of practice",
    "Leadership and governance",
)
SAFEGUARDING = (
    "Overall effectiveness",
    "Capacity for improvement",
    "Children and young people are safe and feel safe",
    "Quality of provision",
    "The contribution of health agencies to keeping children and young people safe",
    "Ambition and prioritisation",
    "Leadership and management",
    "Performance management and quality assurance",
    "Partnership working",
    "Equality and diversity",
)
LOOKED_AFTER = (
    "Overall effectiveness",
    "Capacity for improvement",
    "Being healthy",
    "Staying safe",
    "Enjoying and achieving",
    "Making a positive contribution, including user engagement",
    "Economic well-being",
    "Quality of provision",
    "Ambition and prioritisation",
    "Leadership and management",
    "Performance management and quality assurance",
    "Equality and diversity",
)
NEW_GRADES = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
OLD_GRADES = ("Outstanding", "Good", "Adequate", "Inadequate")
ITEMS = (
    "The timeliness of initial health assessments for children who come into care.",
    "The quality of pathway plans, so that they say what young people need and who will do it by when.",
    "Sufficiency of homes for children with complex needs",
)


@dataclass
class Made:
    """Pages that are written from the top down."""

    pages: list[list[At]] = field(default_factory=lambda: [[]])
    top: float = 72.0
    text: list[str] = field(default_factory=list)

    def line(self, words: str, *, left: float = _LEFT, size: float = 12.0, is_bold: bool = False) -> "Made":
        if self.top > _LAST:
            self.new_page()
        self.put(words, left, self.top, size, is_bold)
        self.text.append(words)
        self.top += size * _PITCH
        return self

    def put(self, words: str, left: float, top: float, size: float = 12.0, is_bold: bool = False) -> None:
        self.pages[-1].append(At(left, _HEIGHT - top - size, words, size, is_bold))

    def gap(self, points: float = 12.0) -> "Made":
        self.top += points
        self.text.append("")
        return self

    def title(self, *lines: str) -> "Made":
        for words in lines:
            self.line(words, size=24.0)
        return self.gap()

    def heading(self, words: str, size: float = 14.0) -> "Made":
        return self.gap().line(words, size=size, is_bold=True).gap(6)

    def prose(self, words: str, left: float = _LEFT, mark: str = "") -> "Made":
        """A paragraph; a mark stands before its first line, and the others hang."""
        width = _LINE_LETTERS - int((left - _LEFT) / 6)
        for at, line in enumerate(textwrap.wrap(words, width)):
            self.line(f"{mark} {line}".strip() if at == 0 else line, left=left if at == 0 or not mark else left + 18)
        return self.gap(8)

    def items(self, items: Sequence[str], mark: str = "•", left: float = _LEFT) -> "Made":
        """A list; a mark such as "1." counts on."""
        for at, item in enumerate(items):
            self.prose(item, left, f"{int(mark[:-1]) + at}." if mark[:1].isdigit() else mark)
        return self

    def row(self, label: str, *grades: str, left: float = _LEFT) -> "Made":
        """A row of a table, label and grades wrapped, each grade in its column."""
        if self.top > _LAST:
            self.new_page()
        lines = textwrap.wrap(label, _LABEL_LETTERS)
        columns = [textwrap.wrap(grade, _GRADE_LETTERS) for grade in grades]
        for at, words in enumerate(lines):
            self.put(words, left, self.top + 15 * at)
        for place, wrapped in zip((_GRADES, _EARLIER), columns, strict=False):
            for at, words in enumerate(wrapped):
                self.put(words, place, self.top + 15 * at)
        self.text += [*lines[:-1], " ".join([*lines[-1:], *grades])]
        self.top += 15 * max(len(lines), *map(len, columns), 1) + 14
        return self

    def table(self, rows: Sequence[tuple[str, ...]], header: tuple[str, ...] = ("Judgement", "Grade")) -> "Made":
        for words, place in zip(header, (_LEFT, _GRADES, _EARLIER), strict=False):
            self.put(words, place, self.top, is_bold=True)
        self.text.append(" ".join(header))
        self.top += 26
        for row in rows:
            self.row(*row)
        return self.gap()

    def new_page(self) -> "Made":
        self.pages.append([])
        self.top = 72.0
        return self

    def footer(self, words: str) -> "Made":
        """The same words at the foot of each page behind the first, with its number."""
        for at, page in enumerate(self.pages[1:], start=2):
            page.append(At(_LEFT, 30.0, f"{words} {at}", 8.0, True))
        return self

    def pdf(self) -> bytes:
        return made_pdfs.report(*self.pages)

    def pasted(self) -> str:
        return "\n".join(self.text)


def ilacs(
    rows: Sequence[tuple[str, ...]],
    *,
    dates: str = "9 May to 20 May 2022",
    lead: str = "Lead inspector: Louise Hollick, Her Majesty’s Inspector",
    items: Sequence[str] = ITEMS,
    header: tuple[str, ...] = ("Judgement", "Grade"),
    footer: str = "",
) -> Made:
    """A report of the layout since 2021."""
    made = Made().title("Inspection of Durham local authority", "children’s services")
    made.line(f"Inspection dates: {dates}").gap().line(lead).gap().table(rows, header)
    made.prose(
        "Leaders have improved services since the last inspection, and children are safer. Some services are good."
    )
    made.new_page()
    if items:
        made.heading("What needs to improve?").items(items)
    made.heading("The experiences and progress of children who need help and protection")
    for number in range(1, 4):
        made.prose("Children benefit from a wide range of early help, and plans are mostly good.", mark=f"{number}.")
    return made.footer(f"Inspection of Durham local authority children’s services {footer}".strip())


def single_inspection(
    rows: Sequence[tuple[str, ...]],
    *,
    overall: str = "Children’s services in Durham require improvement to be good",
    board: str = "The Local Safeguarding Children Board is good",
    items: Sequence[str] = ITEMS,
    board_items: Sequence[str] = (),
) -> Made:
    """A report of the single inspection framework's later layout."""
    made = Made().title("Durham County Council")
    for line in (
        "Inspection of services for children in need of help and",
        "protection, children looked after and care leavers",
        "and",
        "Review of the effectiveness of the Local Safeguarding",
        "Children Board",
    ):
        made.line(line, size=16.0, is_bold=True)
    made.gap().line("Inspection date: 22 February 2016 – 18 March 2016").line("Report published: 16 May 2016").gap()
    made.line(overall, size=14.0, is_bold=True).gap().table(rows, ())
    made.new_page().heading("The local authority", 20.0).heading("Recommendations", 16.0).items(items, "1.")
    made.heading("Summary for children and young people", 16.0).items(["Social workers listen to you."])
    made.new_page().heading("The Local Safeguarding Children Board (LSCB)", 20.0)
    if board:
        made.heading(board, 16.0)
    if board_items:
        made.heading("Recommendations", 16.0).items(board_items)
    made.heading("Inspection findings – the Local Safeguarding Children Board", 16.0)
    made.prose("The board is well led.", mark=f"{len(items) + 1}.")
    made.heading("Information about this inspection", 20.0).heading("The inspection team", 16.0)
    return made.line("Lead inspector: Fiona Millns").gap().line("Deputy lead inspector: Paula Thomson-Jones")


def early_single_inspection(groups: Sequence[tuple[str, Sequence[str]]], *, overall: str, board: str) -> Made:
    """A report of the single inspection framework's first layout, with its lists in groups."""
    made = Made().title("London Borough of Hillingdon")
    made.line("Inspection of services for children in need of help and", size=16.0, is_bold=True)
    made.line("protection, children looked after and care leavers", size=16.0, is_bold=True).gap()
    made.line("Inspection date: 25 November 2013 – 18 December 2013", is_bold=True).gap()
    made.line(overall, size=14.0, is_bold=True).gap().table([(label, "Good") for label in SIF], ())
    made.line(board, size=14.0, is_bold=True)
    made.new_page().heading("What does the local authority need to improve?", 18.0)
    number = 1
    for heading, items in groups:
        made.heading(heading, 14.0).items(items, f"{number}.")
        number += len(items)
    made.heading("The local authority’s strengths", 18.0).items(["Leaders are visible."])
    return made


def at_the_end(title: Sequence[str], groups: Sequence[tuple[str, Sequence[tuple[str, ...]]]]) -> Made:
    """A report of 2009 to 2013: its table stands on the last page, its list by timescales."""
    made = Made().title(*title).line("Inspection dates: 28 November – 9 December 2011", is_bold=True)
    made.line("Reporting inspector Brenda McLaughlin HMI", is_bold=True).gap().line("Age group: All")
    made.line("Published: 20 January 2012").new_page()
    made.heading("The inspection judgements and what they mean", 18.0)
    for grade, number in zip(OLD_GRADES, "1234", strict=True):
        made.row(f"{grade} (Grade {number})", "A service that does more or less")
    made.new_page().heading("Overall effectiveness", 18.0).heading("Grade 3 (adequate)")
    made.prose("Services are adequate.", mark="1.")
    made.heading("Areas for improvement", 18.0)
    made.prose("In order to improve services, the council should take the following action.", mark="2.")
    made.heading("Immediately:").items(ITEMS[:1]).heading("Within three months:").items(ITEMS[1:])
    made.heading("Outcomes for children and young people", 18.0).prose("Outcomes are mixed.", mark="3.")
    made.new_page().heading("Record of main findings", 18.0)
    for heading, rows in groups:
        if heading:
            made.heading(heading)
        made.table(rows, ())
    return made


def letter(subject: str, first: str, sections: Sequence[tuple[str, Sequence[str]]] = ()) -> Made:
    """A letter to a director of children's services."""
    made = (
        Made()
        .line("Ofsted")
        .line("Piccadilly Gate, Store Street, Manchester M1 2WD")
        .gap()
        .line("23 August 2021")
        .gap()
    )
    made.line("John Pearce").line("Corporate Director of Children and Young People’s Services")
    made.line("Durham County Council").gap().line("Dear Mr Pearce").gap().line(subject, is_bold=True).gap()
    made.prose(first).heading("Headline findings").prose("Leaders have made services outstanding in parts.")
    for heading, items in sections:
        made.heading(heading).items(items)
    made.heading("Findings").prose("Children are safer than they were. Help is good.")
    made.line("Yours sincerely").gap().line("Lisa Summers").line("Her Majesty’s Inspector")
    return made
