"""How the program and the process that reads PDFs speak: JSON and raw bytes.

No pickles: a process that a hostile file has taken over could run anything here by one.
"""

import json
from typing import Any

_END_OF_HEAD = b"\n"  # JSON on one line has none


def pack(head: dict[str, Any], *blobs: bytes) -> bytes:
    """One message: values that JSON knows, then blobs as they are."""
    words = json.dumps({**head, "sizes": [len(blob) for blob in blobs]})
    return b"".join((words.encode(), _END_OF_HEAD, *blobs))


def unpack(message: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The values and the blobs of a message.

    Raises:
        ValueError: it is none.
    """
    end = message.find(_END_OF_HEAD)
    head = json.loads(message[: max(end, 0)])
    if not isinstance(head, dict) or not isinstance(sizes := head.get("sizes"), list):
        raise ValueError("no message")
    blobs, at = [], end + 1
    for size in sizes:
        blobs.append(message[at : at + size])
        at += size
    if at != len(message) or any(size < 0 for size in sizes):
        raise ValueError("a message of another length")
    return head, blobs
