"""The look: colours by role from a look file, made into a palette, a style sheet and tinted icons."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop_app import style_sheet
from desktop_app.style_sheet import RESOURCES

Choice = Literal["system", "light", "dark"]
ICON_SIZES_PX = (16, 20, 24, 32, 40, 48, 64)
GRID_PX = 4
STYLE = "fusion"


@dataclass(frozen=True)
class Tone:
    """The colours of a grade: `text` stands on `fill`, `soft_text` on `soft`, the band behind it."""

    fill: QColor
    text: QColor
    soft: QColor
    soft_text: QColor


@dataclass(frozen=True)
class Look:
    """Colours by role. Text pairs contrast by 4.5 or more, `border_strong`, `focus` and fills by 3.

    `text`, `muted`, `accent`, `error` and `ok` can be read on `window`, `surface` and `raised`.
    """

    name: str
    is_dark: bool
    window: QColor
    surface: QColor
    raised: QColor
    border: QColor
    border_strong: QColor
    text: QColor
    muted: QColor
    disabled: QColor
    accent: QColor
    accent_hover: QColor
    accent_text: QColor
    accent_soft: QColor
    focus: QColor
    error: QColor
    error_soft: QColor
    ok: QColor
    selection: QColor
    selection_text: QColor
    tool_tip: QColor
    tool_tip_text: QColor
    tones: Mapping[str, Tone]

    def tone(self, name: str) -> Tone:
        """The tone that a grade names; the plain one for a name that this look does not know."""
        return self.tones.get(name, self.tones["plain"])

    def colour(self, role: str) -> QColor:
        """The colour of a role by its name, such as "muted"."""
        colour = getattr(self, role)
        assert isinstance(colour, QColor), role
        return colour


class _Signals(QObject):
    """Signals:
    changed: Emitted after another look was applied; views that paint with `current()` paint again.
    """

    changed = Signal()


signals = _Signals()
_state: dict[str, Any] = {"choice": "system", "look": None, "is_followed": False, "has_style": False}


@cache
def load(name: str) -> Look:
    """Read the look file of that name."""
    tables = tables_of((RESOURCES / "looks" / f"{name}.toml").read_text(encoding="utf-8"))
    about = tables.pop("")
    colours = {role: QColor(value) for role, value in tables.pop("colours").items()}
    tones = {
        table.removeprefix("tones."): Tone(**{part: QColor(value) for part, value in parts.items()})
        for table, parts in tables.items()
    }
    return Look(name=about["name"], is_dark=about["is_dark"] == "true", tones=MappingProxyType(tones), **colours)


def tables_of(text: str) -> dict[str, dict[str, str]]:
    """The tables of a look file by name, what stands before the first one under "".

    It reads what look files use of TOML: one short text or truth a line. To import tomllib takes longer than to show
    the window's menus and toolbar.
    """
    tables: dict[str, dict[str, str]] = {"": {}}
    table = tables[""]
    for line in text.splitlines():
        name, equals, value = (part.strip() for part in line.partition("="))
        if line.startswith("["):
            table = tables.setdefault(line.strip("[] "), {})
        elif equals and not line.startswith("#"):
            table[name] = value.split('"')[1] if value.startswith('"') else value.partition("#")[0].rstrip()
    return tables


def current() -> Look:
    """The look in use; the light one until `apply` was called."""
    return _state["look"] or load("light")


def application() -> QApplication:
    """The one application, made where there is none yet.

    It is born with its style: naming one later would bring all of QStyle into Python, a twentieth of a start.
    """
    if (found := QApplication.instance()) is not None:
        assert isinstance(found, QApplication)
        return found
    _state["has_style"] = True
    return QApplication([*sys.argv[:1], "-style", STYLE])


def apply(app: QApplication, choice: Choice = "system") -> None:
    """Dress the application, and follow the system from now on when that is the choice."""
    _state["choice"] = choice
    hints = app.styleHints()
    if not _state["is_followed"]:
        _state["is_followed"] = True
        if not _state["has_style"]:
            app.setStyle(STYLE)
        hints.colorSchemeChanged.connect(lambda: _follow(app))
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints.setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))
    _dress(app, load(choice if choice in schemes else _system_name(app)))


def space(steps: float) -> int:
    """A distance on the grid, in pixels that follow the screen's scale."""
    return round(steps * GRID_PX)


def icon(name: str, role: str = "text") -> QIcon:
    """One of our one-colour icons in the colour of a role; `app` keeps its own colours.

    Ask again when `signals.changed` is emitted.
    """
    look = current()
    return _tinted(name, look.colour(role).name(), look.disabled.name())


def _follow(app: QApplication) -> None:
    if _state["choice"] == "system":
        _dress(app, load(_system_name(app)))


def _system_name(app: QApplication) -> str:
    hints = app.styleHints()
    if hasattr(hints, "accessibility"):  # from Qt 6.10
        preference = hints.accessibility().contrastPreference()
        if preference == Qt.ContrastPreference.HighContrast:
            return "high_contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _dress(app: QApplication, look: Look) -> None:
    _state["look"] = look
    app.setPalette(_palette(look))
    app.setStyleSheet(style_sheet.of(look, app.font()))
    signals.changed.emit()


def _palette(look: Look) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: look.window,
        role.WindowText: look.text,
        role.Base: look.surface,
        role.AlternateBase: look.window,
        role.Text: look.text,
        role.Button: look.surface,
        role.ButtonText: look.text,
        role.BrightText: look.error,
        role.PlaceholderText: look.muted,
        role.Highlight: look.selection,
        role.HighlightedText: look.selection_text,
        role.Accent: look.accent,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.ToolTipBase: look.tool_tip,
        role.ToolTipText: look.tool_tip_text,
        role.Light: look.raised,
        role.Midlight: look.raised,
        role.Mid: look.border,
        role.Dark: look.border_strong,
        role.Shadow: look.border_strong,
    }
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, look.disabled)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, look.raised)
    return palette


@cache
def _tinted(name: str, colour: str, disabled: str) -> QIcon:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", tint).encode()))
        for size_px in ICON_SIZES_PX:
            made.addPixmap(_drawn(renderer, size_px), mode)
    return made


def _drawn(renderer: QSvgRenderer, size_px: int) -> QPixmap:
    pixmap = QPixmap(QSize(size_px, size_px))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
