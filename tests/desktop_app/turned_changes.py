"""Changes to a report that change nothing of what it says: other letters, marks, pages, places."""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.desktop_app.turned_reports import Row, Turned

Change = Callable[[Turned, Random], None]
_BULLETS = "◼■•▪\uf06e\uf0b7\uf0a7"
_NUMBER = re.compile(r"^([0-9]{1,3})\.\s+(?=\S)")
_GRADE = re.compile(
    r"(?:Outstanding|Good|Inadequate|Requires [Ii]mprovement(?: to be good)?|Requires|improvement|Not judged)$"
)
_GRADES_LEFT, _FOOT, _TOP = 250.0, 0.93, 90.0  # the foot as a share of the height
_LISTS = r"(?i)need\w*\s+to\s+improve|recommendations$|areas\s+for\s+improvement$"


def _all(change: Callable[[Row], Row], turned: Turned, first: int = 0, last: int | None = None) -> None:
    turned.every(change, range(first, len(turned.pages) if last is None else last))


def plain_letters(turned: Turned, random: Random) -> None:
    _all(lambda row: replace(row, weight=400.0), turned)


def capitals(turned: Turned, random: Random) -> None:
    _all(lambda row: row.says(row.text.upper()) if row.weight >= 600 else row, turned)


def straight_marks(turned: Turned, random: Random) -> None:
    _all(lambda row: row.says(row.text.replace("’", "'").replace("‘", "'").replace("–", "-")), turned)


def wide_spaces(turned: Turned, random: Random) -> None:
    wide = random.choice(["  ", "\u00a0"])
    _all(lambda row: row.says(row.text.replace(" ", wide)) if random.random() < 0.5 else row, turned)


def ligatures(turned: Turned, random: Random) -> None:
    _all(lambda row: row.says(row.text.replace("fi", "ﬁ").replace("fl", "ﬂ")), turned)


def other_bullets(turned: Turned, random: Random) -> None:
    sign = random.choice(["•", "\uf0b7", "▪", "-", "–", "o", "*", "➢", "✓", "·", "\uf0fc", "►", "❑"])
    _all(lambda row: row.says(sign + " " + row.text[1:].strip()) if row.text[:1] in _BULLETS else row, turned)


def bullets_apart(turned: Turned, random: Random) -> None:
    for at, rows in enumerate(turned.pages):
        turned.pages[at] = [part for row in rows for part in _bullet_apart(row)]


def _bullet_apart(row: Row) -> list[Row]:
    if row.text[:1] not in _BULLETS or len(row.text) < 3:
        return [row]
    return [replace(row.says(row.text[:1]), right=row.left + 6), row.says(row.text[1:].strip()).moved(right=18)]


def other_numbers(turned: Turned, random: Random) -> None:
    form = random.choice([r"\1) ", r"\1.", r"\1 "])
    _all(lambda row: row.says(_NUMBER.sub(form, row.text)), turned, 1)


def moved_a_little(turned: Turned, random: Random) -> None:
    _all(lambda row: row.moved(random.uniform(-0.8, 0.8), random.uniform(-0.8, 0.8)), turned)


def another_size(turned: Turned, random: Random) -> None:
    by = random.choice([0.8, 1.3])
    turned.width, turned.height = turned.width * by, turned.height * by
    _all(
        lambda row: replace(
            row, left=row.left * by, top=row.top * by, right=row.right * by, bottom=row.bottom * by, size=row.size * by
        ),
        turned,
    )


def shuffled_first_page(turned: Turned, random: Random) -> None:
    random.shuffle(turned.pages[0])


def grades_apart(turned: Turned, random: Random) -> None:
    """Each grade a line of its own, beside its label."""
    rows = []
    for row in turned.pages[0]:
        grade = _GRADE.search(row.text)
        is_label = grade and grade.start() > 5 and row.size < 16 and not row.text.startswith(("The overall", "Child"))
        if grade and is_label and row.left < 200:
            rows += [row.says(row.text[: grade.start()].strip()), replace(row.says(grade[0]), left=400.0)]
        else:
            rows.append(row)
    turned.pages[0] = rows


def grades_a_little_higher(turned: Turned, random: Random) -> None:
    down = random.choice([-5.0, 5.0])
    _all(lambda row: row.moved(down) if _GRADE.fullmatch(row.text) and row.left > _GRADES_LEFT else row, turned, 0, 1)


def running_heads(turned: Turned, random: Random) -> None:
    for rows in turned.pages[1:]:
        rows.insert(0, Row("Ofsted report to the council, 1 March 2020", 70.0, 30.0, 0.0, 38.0, 8.0))


def without_feet(turned: Turned, random: Random) -> None:
    for at, rows in enumerate(turned.pages):
        turned.pages[at] = [row for row in rows if 0.05 < row.top / turned.height < _FOOT]


def a_cover(turned: Turned, random: Random) -> None:
    """The title on a page of its own."""
    rows = sorted(turned.pages[0], key=lambda row: row.top)
    cut = next(at for at, row in enumerate(rows) if re.match(r"(?i)inspection\s+date|lead\s+insp|reporting", row.text))
    turned.pages[:1] = [rows[:cut], rows[cut:]]


def a_list_of_contents(turned: Turned, random: Random) -> None:
    lines = ["What needs to improve? 2", "Recommendations 7", "Areas for improvement 8", "Overall effectiveness 3"]
    turned.pages.insert(1, _page("Contents", 20.0, lines))


def a_page_about_the_last_inspection(turned: Turned, random: Random) -> None:
    lines = [
        "The previous inspection of the council’s services was in May 2012.",
        "Children’s services in the area were inadequate at the last inspection",
        "Overall effectiveness: Inadequate",
        "The Local Safeguarding Children Board was inadequate",
    ]
    turned.pages.append(_page("Previous inspections", 14.0, lines))


def _page(heading: str, size: float, lines: list[str]) -> list[Row]:
    rows = [Row(heading, 70.0, _TOP, 0.0, _TOP + size, size, 700.0)]
    return rows + [Row(line, 70.0, 130.0 + 20 * at, 0.0, 142.0 + 20 * at, 11.7) for at, line in enumerate(lines)]


def a_page_that_ends_in_the_list(turned: Turned, random: Random) -> None:
    headings = [place for place in turned.find(_LISTS) if turned.pages[place[0]][place[1]].weight >= 600]
    if not headings:
        return
    number, at = random.choice(headings)
    rows = turned.pages[number]
    feet = [row for row in rows if row.top > _FOOT * turned.height]
    body = [row for row in rows[at:] if row.top <= _FOOT * turned.height]
    if len(body) < 6:
        return
    cut = random.randrange(2, min(len(body) - 2, 25))
    above = [row for row in rows[:at] if row.top <= _FOOT * turned.height]
    below = [row.moved(_TOP - body[cut].top) for row in body[cut:]]
    turned.pages[number : number + 1] = [feet + above + body[:cut], feet + below]


HARMLESS: tuple[Change, ...] = (
    plain_letters,
    capitals,
    straight_marks,
    wide_spaces,
    ligatures,
    other_bullets,
    bullets_apart,
    other_numbers,
    moved_a_little,
    another_size,
    shuffled_first_page,
    grades_apart,
    grades_a_little_higher,
    running_heads,
    without_feet,
    a_cover,
    a_list_of_contents,
    a_page_about_the_last_inspection,
    a_page_that_ends_in_the_list,
)
