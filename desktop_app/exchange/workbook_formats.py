"""The formats of a workbook: fonts, dates, and the tones of grades as the light look has them."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

_TOP = {"valign": "top", "font_name": "Calibri", "font_size": 11}


class Formats:
    """Made once for a workbook; a grade's words are always there beside its colours."""

    def __init__(self, book: Any, tones: Mapping[tuple[str, str], str]) -> None:
        look = tomllib.loads(files("resources").joinpath("looks", "light.toml").read_text(encoding="utf-8"))
        self.text = book.add_format({**_TOP, "text_wrap": True, "num_format": "@"})
        self.number = book.add_format({**_TOP, "num_format": "0", "align": "left"})
        self.count = book.add_format({**_TOP, "num_format": "#,##0", "align": "left"})
        self.date = book.add_format({**_TOP, "num_format": "d mmm yyyy", "align": "left"})
        self.heading = book.add_format(
            {**_TOP, "bold": True, "text_wrap": True, "num_format": "@", "bg_color": "#E8E8E8", "bottom": 1}
        )
        self.title = book.add_format({**_TOP, "bold": True, "font_size": 18, "num_format": "@"})
        self.label = book.add_format({**_TOP, "bold": True, "num_format": "@"})
        self._tones = tones
        self._of_tone = {
            name: book.add_format(
                {**_TOP, "text_wrap": True, "bg_color": of["soft"], "font_color": of["soft_text"], "bold": True}
            )
            for name, of in look["tones"].items()
        }

    def number_of(self, look: Any) -> int:
        """The number under which cells name a format."""
        return look._get_xf_index()

    def of_grade(self, scale: object, grade: str) -> Any:
        """The format of a grade; one without a tone, such as Not judged, looks as any text."""
        return self._of_tone.get(self._tones.get((str(scale), grade), ""), self.text)
