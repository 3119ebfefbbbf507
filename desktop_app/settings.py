"""What the window remembers between starts; nothing about the inspections themselves."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

RECENT_LIMIT = 8


class Settings:
    """Typed access to the settings of this machine's user."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Inspection Log", "inspection-log"
        )

    @property
    def store(self) -> QSettings:
        """Where a part of the window keeps what is its own, such as the neighbours of a council."""
        return self._store

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""

    @property
    def look(self) -> str:
        """ "system", "light" or "dark"."""
        found = self._text("look")
        return found if found in ("light", "dark") else "system"

    @look.setter
    def look(self, choice: str) -> None:
        self._store.setValue("look", choice)

    @property
    def recent_files(self) -> list[Path]:
        """The files opened last that still stand there, newest first."""
        return [path for path in self._listed_files() if _is_there(path)]

    def remember_file(self, path: Path) -> None:
        """Put a file at the top of the recent ones; those on a drive or share that is away now stay."""
        others = [other for other in self._listed_files() if other != path and _may_come_back(other)]
        self._store.setValue("recent_files", "\n".join(str(p) for p in [path, *others][:RECENT_LIMIT]))

    def _listed_files(self) -> list[Path]:
        return [Path(line) for line in self._text("recent_files").split("\n") if line]

    def left_at(self, path: Path) -> tuple[str, str, int]:
        """Where a person left a file: the command of the place, the inspection's id, the tab; else empty."""
        parts = self._text("left_at").split("\n")
        if len(parts) != 4 or parts[0] != str(path) or not parts[3].isdigit():
            return "", "", 0
        return parts[1], parts[2], int(parts[3])

    def leave_at(self, path: Path, place: str, inspection_id: str, tab: int) -> None:
        """Remember where a person leaves a file."""
        self._store.setValue("left_at", "\n".join((str(path), place, inspection_id, str(tab))))

    @property
    def last_provider(self) -> str:
        """Id of the provider that an inspection was entered for last."""
        return self._text("last_provider")

    @last_provider.setter
    def last_provider(self, provider_id: str) -> None:
        self._store.setValue("last_provider", provider_id)

    @property
    def last_kind(self) -> str:
        """Id of the kind of inspection that was entered last."""
        return self._text("last_kind")

    @last_kind.setter
    def last_kind(self, kind_id: str) -> None:
        self._store.setValue("last_kind", kind_id)

    @property
    def template(self) -> str:
        """Path of the template that a committee paper was written into last; empty for none."""
        return self._text("template")

    def keep_template(self, path: str) -> None:
        """Remember the template of a committee paper."""
        self._store.setValue("template", path)

    def import_columns(self, headings: str) -> str:
        """What the columns of a table with these headings were taken for last; empty where nothing is remembered."""
        return self._text(f"import/{headings}")

    def keep_import_columns(self, headings: str, fields: str) -> None:
        """Remember what the columns of a table were taken for."""
        self._store.setValue(f"import/{headings}", fields)

    @property
    def geometry(self) -> QByteArray:
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a share that does not answer, a name that this computer does not allow
        return False


def _may_come_back(path: Path) -> bool:
    """Whether a file is there, or its folder is out of reach so that nobody can tell."""
    try:
        return path.is_file() or not path.parent.is_dir()
    except OSError:
        return True
