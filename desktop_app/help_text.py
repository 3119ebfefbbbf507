"""The words of the help, with the list of keys made from the commands themselves."""

from desktop_app.commands import key_list
from desktop_app.versions import program_version

_STEPS = """\
Enter an inspection

1. Ctrl+N. Type the provider, the first day on site and the kind. The record exists from here on.
2. Details. Every field is saved as you leave it. A date may be a day, a month or a year: type 9, 5, 2022 in the
   three boxes, or "9 May 2022", "July 2018" or "2011" in the first one.
3. Judgements (Alt+2). One key sets a grade and goes on to the next area: O outstanding, G good, R requires
   improvement, A adequate, I inadequate, or 1, 2, 3, 4. N is not judged, K not known, Del clears.
4. Quotes (Alt+3). Type or paste the exact words; choose the source. Ctrl+Return adds the quote and starts the
   next one with the same source, speaker and area. Without a source it is kept as a draft.
5. Areas for improvement (Alt+4). Paste the whole list from the report: each item becomes one.
6. Documents (Alt+5). The report, press releases, minutes: anything that is quoted from.

In the lists, Enter changes a row, Del removes it, Alt+Up and Alt+Down move it. Ctrl+Z takes back the last deed,
wherever it was. Alt and the underlined letter go to a field.

Write nothing about a child: this file is about services.
"""
_ROW_KEYS = (
    ("Add the row and start the next one", "Ctrl+Return"),
    ("Change the row of a list", "Enter"),
    ("Remove the row of a list", "Del"),
    ("Move the row of a list", "Alt+Up or Alt+Down"),
    ("Back from a row to its list", "Esc"),
)


def help_and_keys() -> str:
    """The guide in short, and every key."""
    rows = [*key_list(), *_ROW_KEYS]
    wide = max(len(keys) for _, keys in rows) + 3
    return _STEPS + "\nKeys\n\n" + "\n".join(f"{keys:<{wide}}{text}" for text, keys in rows) + "\n"


def about() -> str:
    """What this is, under which terms, and whose words it holds."""
    return (
        f"Inspection Log {program_version()}\n\n"
        "Keeps the inspections of children’s services in one local file. It uses no network and sends nothing.\n\n"
        "Inspection reports are © Crown copyright. The public sector information in the sample is reused under the "
        "Open Government Licence v3.0. Inspection Log is not connected with Ofsted.\n\n"
        "Made with Qt for Python (LGPL), SQLite and sqlite-utils."
    )
