"""The words of the help, with the list of keys made from the commands themselves."""

from importlib.resources import files

from desktop_app.commands import key_list
from desktop_app.versions import program_version

_ROW_KEYS = (
    ("Add the row and start the next one", "Ctrl+Return"),
    ("Change the row of a list", "Enter"),
    ("Remove the row of a list", "Del"),
    ("Move the row of a list", "Alt+Up or Alt+Down"),
    ("Back from a row to its list", "Esc"),
    ("Set the status of the marked areas for improvement", "1 to 9, 0 for none"),
    ("Change their owner or due date, or add a theme", "O, D, T"),
    ("Go to the inspection of an area for improvement", "I"),
    ("Go to the filters, Group by or Sort by of the Improvement place", "F, G, S"),
)


def help_and_keys() -> str:
    """The guide in short, and every key."""
    rows = [*key_list(), *_ROW_KEYS]
    steps = files("resources").joinpath("help.txt").read_text(encoding="utf-8")
    return "\n".join([steps, "Keys", "", *(f"{keys}: {text}" for text, keys in rows), ""])


def about() -> str:
    """What this is, under which terms, and whose words it holds."""
    return (
        f"Inspection Log {program_version()}\n\n"
        "Keeps the inspections of children’s services in one local file. It uses no network and sends nothing.\n\n"
        "Inspection reports are © Crown copyright. The public sector information in the sample is reused under the "
        "Open Government Licence v3.0. Inspection Log is not connected with Ofsted.\n\n"
        "Made with Qt for Python (LGPL), SQLite and sqlite-utils."
    )
