"""The look: every pair can be read, the choice is followed, icons take its colours."""

import tomllib
from itertools import product

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop_app import look
from desktop_app.style_sheet import RESOURCES

LOOKS = ("light", "dark", "high_contrast")
GROUNDS = ("window", "surface", "raised")
ICONS = """add timeline list improvement search share undo redo delete document quote judgement open new-file
    settings help link close chevron-down warning check app""".split()


@pytest.fixture(autouse=True)
def undressed(qapp):
    yield
    look.apply(qapp, "light")
    qapp.setStyleSheet("")


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: QColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_file_is_read_as_any_reader_of_toml_reads_it(name):
    text = (RESOURCES / "looks" / f"{name}.toml").read_text(encoding="utf-8")
    whole = tomllib.loads(text)
    tables = look.tables_of(text)
    about = {"name": whole.pop("name"), "is_dark": str(whole.pop("is_dark")).lower()}
    tones = {f"tones.{tone}": parts for tone, parts in whole.pop("tones").items()}
    assert tables == {"": about, **whole, **tones}


TEXT_PAIRS = [
    *product(("text", "muted", "accent", "error", "ok"), GROUNDS),
    *product(("text", "muted", "accent"), ("accent_soft",)),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("error", "error_soft"),
    ("text", "error_soft"),
    ("selection_text", "selection"),
    ("tool_tip_text", "tool_tip"),
]


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_every_text_can_be_read(name, front, back):
    shown = look.load(name)
    if (name, front) == ("high_contrast", "selection_text"):
        assert contrast(shown.colour(front), shown.colour(back)) >= 7
    assert contrast(shown.colour(front), shown.colour(back)) >= 4.5


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("mark", ["border_strong", "focus", "accent"])
def test_every_mark_can_be_seen(name, mark, ground):
    shown = look.load(name)
    assert contrast(shown.colour(mark), shown.colour(ground)) >= 3


@pytest.mark.parametrize("name", LOOKS)
def test_every_tone_can_be_read_and_seen(name):
    shown = look.load(name)
    assert set(shown.tones) == {
        "outstanding",
        "good",
        "requires_improvement",
        "adequate",
        "inadequate",
        "plain",
    }
    for tone in shown.tones.values():
        assert contrast(tone.text, tone.fill) >= 4.5
        assert contrast(tone.soft_text, tone.soft) >= 4.5
        assert all(contrast(tone.fill, shown.colour(ground)) >= 3 for ground in GROUNDS)


@pytest.mark.parametrize("name", LOOKS)
def test_tones_are_told_apart(name):
    fills = [tone.fill.name() for tone in look.load(name).tones.values()]
    assert len(set(fills)) == len(fills)


def test_an_unknown_tone_is_plain():
    assert look.load("light").tone("no such tone") is look.load("light").tones["plain"]


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_chosen_look_is_applied_and_told(qtbot, qapp, choice):
    with qtbot.waitSignal(look.signals.changed):
        look.apply(qapp, choice)
    assert look.current().name == choice
    assert look.current().accent.name() in qapp.styleSheet()
    assert qapp.palette().window().color() == look.current().window


def test_the_system_is_followed_only_when_chosen(qapp, monkeypatch):
    look.apply(qapp, "light")
    monkeypatch.setattr(look, "_system_name", lambda _app: "high_contrast")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert look.current().name == "light"
    look.apply(qapp, "system")
    assert look.current().name == "high_contrast"
    monkeypatch.setattr(look, "_system_name", lambda _app: "dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert look.current().name == "dark"


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_in_the_colour_of_its_role(qapp: QApplication, name):
    look.apply(qapp, "dark")
    image = look.icon(name, "accent").pixmap(QSize(24, 24), 2.0).toImage()
    assert image.size() == QSize(48, 48)
    assert image.pixelColor(0, 0).alpha() == 0
    drawn = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    if name == "app":
        assert any(colour.alpha() == 255 for colour in drawn)
    else:
        assert look.current().accent.name() in {c.name() for c in drawn if c.alpha() == 255}


def test_space_is_on_the_grid():
    assert [look.space(n) for n in (0, 1, 2, 4)] == [0, 4, 8, 16]
