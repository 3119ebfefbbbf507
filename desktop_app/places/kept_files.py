"""Files of documents: into the database, and out of it again."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from db.errors import StoreError
from db.store import Store
from desktop_app import ask
from desktop_app.views.file_field import KeptFile

MAX_FILE_BYTES = 50 * 1024 * 1024


def keep(store: Store, path: Path, parent: QWidget) -> KeptFile | None:
    """Keep a file inside the database; None, with the reason shown, where it cannot be."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise StoreError(f"{path.name} is larger than 50 MB. Keep a smaller copy of it, or its address.")
        return KeptFile(path.name, store.keep_file(path.read_bytes()))
    except OSError as error:
        ask.tell(parent, f"{path.name} could not be read.", str(error.strerror or ""))
    except StoreError as error:
        ask.tell(parent, str(error))
    return None


def save_as(store: Store, kept: KeptFile, parent: QWidget) -> None:
    """Ask where, and write a kept file there."""
    content = store.file_bytes(kept.sha256)
    path = ask.save_document_as(parent, kept.name or "document")
    if content is None or path is None:
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        ask.tell(parent, f"{path.name} could not be written.", str(error.strerror or ""))
