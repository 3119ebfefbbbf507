"""The application's one style sheet, written from the roles of a look.

A widget asks for a manner by the dynamic property `role`: on buttons "primary", "link", "segment";
on frames "card" (with `current` true: the one being worked in), "error-summary", "trouble", "notice";
on labels "title", "heading", "subtle-heading", "subheading", "muted", "error"; on lists "field", "popup".
`invalid` true marks a field, `tone` names a grade's colours, `align` "left" puts a button's text there.
"""

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontInfo

if TYPE_CHECKING:
    from desktop_app.look import Look

RESOURCES = Path(__file__).parents[1] / "resources"  # importlib.resources takes longer than to write the sheet
ROLES = """window surface raised border border_strong text muted disabled accent accent_hover accent_text
    accent_soft focus error error_soft ok selection selection_text tool_tip tool_tip_text""".split()

_SHEET = Template("""
QMainWindow, QDialog, QStatusBar, QMenuBar { background: $window; }
QMenuBar { border-bottom: 1px solid $border; }
QStatusBar { border-top: 1px solid $border; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 3px 8px; }
QToolBar { background: $surface; border: none; border-bottom: 1px solid $border; padding: 6px 8px; spacing: 8px; }
QToolTip { background: $tool_tip; color: $tool_tip_text; border: 1px solid $border_strong; padding: 4px; }
QScrollArea { background: transparent; border: none; }
QScrollArea:focus { border: 2px solid $focus; }
QScrollArea > #qt_scrollarea_viewport, QScrollArea > #qt_scrollarea_viewport > QWidget { background: transparent; }
QSplitter::handle { background: $window; }
QSplitter::handle:horizontal { width: 5px; border-left: 1px solid $border; }
QSplitter::handle:vertical { height: 5px; border-top: 1px solid $border; }
QSplitter::handle:hover { background: $selection; }

QLabel { background: transparent; }
QLabel[role="heading"] { font-size: ${heading_pt}pt; font-weight: 600; }
QLabel[role="subheading"] { font-size: ${subheading_pt}pt; font-weight: 600; }
QLabel[role="title"] { font-size: ${title_pt}pt; font-weight: 600; }
QLabel[role="subtle-heading"] { font-size: ${heading_pt}pt; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="error"] { color: $error; font-weight: 600; }
QLabel:disabled { color: $disabled; }

QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[role="card"][current="true"] { border: 2px solid $accent; }
QFrame[role="trouble"] { background: $error_soft; border: none; border-bottom: 2px solid $error; }
QFrame[role="notice"] { background: $accent_soft; border: none; border-bottom: 2px solid $accent; }
QFrame[role="error-summary"] { background: $surface; border: 2px solid $error; border-radius: 4px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $surface; color: $text; border: 1px solid $border_strong; border-radius: 4px; padding: 5px 8px;
    selection-background-color: $selection; selection-color: $selection_text; placeholder-text-color: $muted;
}
QPlainTextEdit, QTextEdit { padding: 2px 5px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $focus; padding: 4px 7px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 1px 4px; }
QLineEdit[invalid="true"], QComboBox[invalid="true"] { border: 2px solid $error; padding: 4px 7px; }
QPlainTextEdit[invalid="true"] { border: 2px solid $error; padding: 1px 4px; }
QLineEdit[invalid="true"]:focus, QComboBox[invalid="true"]:focus, QPlainTextEdit[invalid="true"]:focus {
    border-color: $focus; background: $error_soft;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled {
    background: $window; color: $disabled; border-color: $border;
}
QLineEdit:read-only, QPlainTextEdit:read-only { background: $window; }

QComboBox { combobox-popup: 0; padding-right: 2px; }
QComboBox:focus, QComboBox[invalid="true"] { padding-right: 1px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$icons/arrow-grey.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { border: 1px solid $border_strong; padding: 2px; outline: none; }
QComboBox QAbstractItemView::item { padding: 4px 8px; border: none; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $selection_text; }

QPushButton, QToolButton {
    background: $surface; color: $text; border: 1px solid $border_strong; border-radius: 5px; padding: 6px 13px;
}
QPushButton[align="left"] { text-align: left; }
QPushButton:hover, QToolButton:hover { background: $raised; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 5px 12px; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; border-color: $border; background: $window; }
QPushButton[role="primary"], QToolButton[role="primary"] {
    background: $accent; color: $accent_text; border-color: $accent; font-weight: 600;
}
QPushButton[role="primary"]:hover, QToolButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus {
    border: 5px double $focus; border-radius: 8px; padding: 2px 9px; background-clip: padding;
}
QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled {
    background: $raised; color: $disabled; border-color: $raised;
}
QPushButton[role="link"] {
    background: transparent; color: $accent; border: 2px solid transparent; padding: 2px 3px;
    text-align: left; text-decoration: underline;
}
QPushButton[role="link"]:hover { color: $text; }
QPushButton[role="link"]:focus { border: 2px solid $focus; }
QPushButton[role="link"]:disabled { color: $disabled; }
QFrame[role="error-summary"] QPushButton[role="link"] { color: $error; font-weight: 600; }
QFileDialog QToolButton { padding: 3px; }
QFileDialog QToolButton:focus { padding: 2px; }
QToolButton[autoRaise="true"] { background: transparent; border: 1px solid transparent; }
QToolButton[autoRaise="true"]:hover { background: $raised; }
QToolButton[autoRaise="true"]:focus { border: 2px solid $focus; }
QPushButton[role="segment"], QToolButton[role="segment"] { border-color: $border_strong; }
QPushButton:checked, QToolButton:checked {
    background: $accent_soft; color: $accent; border-color: $accent;
}
QPushButton[role="segment"]:focus, QToolButton[role="segment"]:focus { border-color: $focus; }

QCheckBox, QRadioButton {
    spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 4px; outline: none;
}
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator {
    width: ${mark_px}px; height: ${mark_px}px; border: 1px solid $border_strong; background: $surface;
}
QCheckBox::indicator { border-radius: 3px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/$tick.svg"); }
QCheckBox::indicator:indeterminate { background: $muted; }
QRadioButton::indicator { border-radius: ${half_mark_px}px; }
QRadioButton::indicator:checked {
    width: ${dot_px}px; height: ${dot_px}px; border: 5px solid $accent; background: $accent_text;
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; background: $raised; }

QTabWidget::pane { background: $surface; border: none; border-top: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $text; padding: 7px 9px 6px 9px; margin-right: 3px;
    border: 2px solid transparent; border-bottom: 3px solid transparent;
}
QTabBar::tab:hover { color: $accent; background: $raised; }
QTabBar::tab:selected { color: $accent; border-bottom: 3px solid $accent; }
QTabBar::tab:focus { border: 2px solid $focus; border-bottom: 3px solid $focus; border-radius: 3px; }
QTabBar::tab:disabled { color: $disabled; }

QAbstractItemView {
    background: $surface; color: $text; border: 2px solid transparent;
    selection-background-color: $accent_soft; selection-color: $text;
}
QAbstractItemView:focus { border: 2px solid $focus; }
QListWidget::item { padding: 4px 8px; border: none; }
QListWidget::item:selected { background: $selection; color: $selection_text; }
QAbstractItemView[role="popup"], QAbstractItemView[role="popup"]:focus {
    border: 1px solid $border_strong; padding: 2px;
    selection-background-color: $selection; selection-color: $selection_text;
}
QAbstractItemView[role="field"] { border: 1px solid $border_strong; border-radius: 4px; padding: 2px; }
QAbstractItemView[role="field"]:focus { border: 2px solid $focus; padding: 1px; }
QHeaderView { border: none; }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-bottom: 1px solid $border; padding: 5px 8px;
}
QHeaderView::section:focus { color: $text; }
QMenu { background: $surface; border: 1px solid $border_strong; padding: 3px; }
QGroupBox { border: none; margin-top: ${mark_px}px; font-weight: 600; }
""")

_TONE = Template("""
QPushButton[tone="$name"]:checked { background: $fill; color: $text; border-color: $fill; }
QPushButton[tone="$name"]:checked:focus {
    border: 5px double $focus; border-radius: 8px; padding: 2px 9px; background-clip: padding;
}
QLabel[tone="$name"] {
    background: $fill; color: $text; border-radius: 4px; padding: 1px 7px; font-weight: 600;
}
""")


def of(look: "Look", font: QFont) -> str:
    """Write the style sheet; headings and check marks grow with the font."""
    points = QFontInfo(font).pointSizeF()
    mark_px = round(QFontInfo(font).pixelSize() * 1.15)
    colours = {role: look.colour(role).name() for role in ROLES}
    tones = "".join(
        _TONE.substitute(name=name, fill=tone.fill.name(), text=tone.text.name(), focus=look.focus.name())
        for name, tone in look.tones.items()
    )
    sizes = {
        "title_pt": f"{points * 1.9:.2f}",
        "heading_pt": f"{points * 1.3:.2f}",
        "subheading_pt": f"{points * 1.1:.2f}",
        "mark_px": str(mark_px),
        "half_mark_px": str(mark_px // 2),
        "dot_px": str(mark_px - 8),
    }
    tick = "tick-white" if look.accent_text.lightnessF() > 0.5 else "tick-black"
    return _SHEET.substitute(colours | sizes, tick=tick, icons=(RESOURCES / "icons").as_posix()) + tones
