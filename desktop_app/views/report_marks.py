"""What is marked on the pages of a report: the selection, where quotes were taken, and the place that is shown."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from desktop_app.reading.paragraph_values import Place
from desktop_app.reading.passage import Span, Words
from desktop_app.views.report_letters import Box, PageLetters


class Manner(StrEnum):
    """How marked words look."""

    TAKEN = "taken"  # a quote or an area for improvement has them
    FOUND = "found"  # a search found them
    SHOWN = "shown"  # a person asked where they stand
    SELECTED = "selected"


class Marks:
    """Marked words by page, and their boxes once the letters of the page are known."""

    def __init__(self) -> None:
        self._words = Words()
        self._spans: dict[Manner, tuple[Span, ...]] = {}
        self._places: dict[Manner, dict[int, list[Place]]] = {}
        self._boxes: dict[tuple[int, Manner], list[Box]] = {}

    def begin(self, words: Words) -> None:
        """Mark in the words of another document; nothing is marked in it yet."""
        self._words = words
        self._spans, self._places, self._boxes = {}, {}, {}

    def set(self, manner: Manner, spans: Iterable[Span]) -> None:
        """Mark these words in that manner, and no others."""
        self._spans[manner] = tuple(spans)
        self.set_places(manner, self._words.places(self._spans[manner]))

    def set_places(self, manner: Manner, places: Iterable[Place]) -> None:
        """Mark these letters in that manner, and no others, also such as belong to no paragraph."""
        by_page = self._places[manner] = {}
        for place in places:
            by_page.setdefault(place.page, []).append(place)
        self._boxes = {key: boxes for key, boxes in self._boxes.items() if key[1] is not manner}

    def spans(self, manner: Manner) -> tuple[Span, ...]:
        """The words that are marked in that manner."""
        return self._spans.get(manner, ())

    def places(self, manner: Manner) -> list[Place]:
        """Where they stand, page by page."""
        return [place for page in sorted(self._places.get(manner, {})) for place in self._places[manner][page]]

    def on(self, page: int, letters: PageLetters) -> Sequence[tuple[Manner, list[Box]]]:
        """What is marked on a page, in the order in which it is painted."""
        return [(manner, boxes) for manner in Manner if (boxes := self._boxes_of(page, manner, letters))]

    def _boxes_of(self, page: int, manner: Manner, letters: PageLetters) -> list[Box]:
        places = self._places.get(manner, {}).get(page, [])
        if not places:
            return []
        if (page, manner) not in self._boxes:
            self._boxes[page, manner] = [box for place in places for box in letters.boxes(place.start, place.end)]
        return self._boxes[page, manner]
