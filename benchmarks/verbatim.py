"""Prints how long quotes take to be checked: `python -m benchmarks.verbatim REPORT.pdf [REPORT.pdf ...]`.

From each report 30 sentences are taken as they stand, and 30 with one word altered; making the report ready is told
apart. The goal is 30 quotes in under 50 ms. With --durham DURHAM.json the 88 quotes of Durham are checked too, against
those of the reports whose names begin with "durham-" and the year.
"""

import argparse
import json
import random
import re
import statistics
import time
from pathlib import Path

from desktop_app.reading.pages import Reader
from desktop_app.reading.paragraphs import Paragraph, from_pages
from desktop_app.reading.verbatim import Checker

ROUNDS = 7
AT_ONCE = 30
_SENTENCE = re.compile(r"(?<![0-9])[A-Z][^.!?]{30,}[.!?](?= |$)")
_TOLD_IN = {"2018": "2019", "2019FV": "2019"}  # the report of 2019 tells of both


def main() -> None:
    """Measure each report, and the quotes of Durham."""
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--durham", type=Path)
    asked = parser.parse_args()
    read: dict[str, list[Paragraph]] = {}
    with Reader() as reader:
        for path in asked.reports:
            reader.open(path)
            read[path.name] = from_pages(reader.pages())
    for name, paragraphs in read.items():
        exact = _sentences(paragraphs)
        ready, found = _measured(paragraphs, exact)
        _, altered = _measured(paragraphs, [_altered(each) for each in exact])
        print(f"{name}: made ready {ready:.1f} ms, {len(exact)} found {found:.1f} ms, altered {altered:.1f} ms")
    if asked.durham:
        _check_durham(read, json.loads(asked.durham.read_text(encoding="utf-8")))


def _sentences(paragraphs: list[Paragraph]) -> list[str]:
    found = [match for one in paragraphs for match in _SENTENCE.findall(one.text)]
    return random.Random(len(found)).sample(found, min(AT_ONCE, len(found)))


def _altered(sentence: str) -> str:
    words = sentence.split(" ")
    words[len(words) // 2] = "unexpectedly"
    return " ".join(words)


def _measured(paragraphs: list[Paragraph], texts: list[str]) -> tuple[float, float]:
    """Milliseconds until a report is ready, and for all texts; medians."""
    ready, taken = [], []
    for _ in range(ROUNDS):
        since = time.perf_counter()
        checker = Checker(paragraphs)
        checker.check("the words of a report")
        begun = time.perf_counter()
        for text in texts:
            checker.check(text)
        ready.append(begun - since)
        taken.append(time.perf_counter() - begun)
    return 1_000 * statistics.median(ready), 1_000 * statistics.median(taken)


def _check_durham(read: dict[str, list[Paragraph]], durham: dict[str, list[dict[str, list[dict[str, str]]]]]) -> None:
    checkers = {name.split("-")[1]: Checker(each) for name, each in read.items() if name.startswith("durham-")}
    quotes = [quote for each in durham["inspections"] for quote in each["quotes"]]
    since = time.perf_counter()
    wrong = []
    for quote in quotes:
        year = quote["id"].split("-")[1]
        checker = checkers.get(_TOLD_IN.get(year, year))
        verdict = checker.check(quote["text"]).verdict if checker else "no_report"
        if verdict != quote["expected"]:
            wrong.append(f"{quote['id']}: {verdict}, expected {quote['expected']}")
    print(f"Durham: {len(quotes)} quotes in {1_000 * (time.perf_counter() - since):.1f} ms, {len(wrong)} otherwise")
    print("\n".join(wrong))


if __name__ == "__main__":
    main()
