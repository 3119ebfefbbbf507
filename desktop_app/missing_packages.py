"""Says which system packages a window needs on Linux where Qt finds its libraries missing."""

import ctypes
import sys

# Library, package of Debian and Ubuntu, package of Fedora: what the documentation of Qt 6 asks for on X11.
LIBRARIES = (
    ("libEGL.so.1", "libegl1", "libglvnd-egl"),
    ("libGL.so.1", "libgl1", "libglvnd-glx"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
)


def missing() -> list[tuple[str, str]]:
    """The packages, Debian's and Fedora's name, whose library this machine does not have.

    Each library is opened: a millisecond in all, as Qt is about to open the same ones.
    """
    return [(debian, fedora) for library, debian, fedora in LIBRARIES if not _is_here(library)]


def _is_here(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def advice(reason: str) -> str:
    """What to do when the window cannot be shown.

    Args:
        reason: what Python or Qt said.
    """
    packages = missing() if sys.platform.startswith("linux") else []
    if not packages:
        return f"The window could not be shown: {reason}\nInstall the program again: python -m pip install ."
    return (
        f"The window could not be shown: {reason}\n"
        "This Linux lacks libraries that Qt needs. Install them, then start again:\n"
        f"  Debian, Ubuntu: sudo apt-get install {' '.join(debian for debian, _ in packages)}\n"
        f"  Fedora:         sudo dnf install {' '.join(sorted({fedora for _, fedora in packages}))}"
    )
