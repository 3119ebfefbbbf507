"""Says which system packages a window needs on Linux where Qt finds its libraries missing."""

import ctypes.util
import sys

# Library, package of Debian and Ubuntu, package of Fedora: what the documentation of Qt 6 asks for on X11.
LIBRARIES = (
    ("EGL", "libegl1", "libglvnd-egl"),
    ("GL", "libgl1", "libglvnd-glx"),
    ("xkbcommon", "libxkbcommon0", "libxkbcommon"),
    ("xkbcommon-x11", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    ("xcb-cursor", "libxcb-cursor0", "xcb-util-cursor"),
    ("xcb-icccm", "libxcb-icccm4", "xcb-util-wm"),
    ("xcb-image", "libxcb-image0", "xcb-util-image"),
    ("xcb-keysyms", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("xcb-render-util", "libxcb-render-util0", "xcb-util-renderutil"),
    ("xcb-shape", "libxcb-shape0", "libxcb"),
    ("fontconfig", "libfontconfig1", "fontconfig"),
    ("dbus-1", "libdbus-1-3", "dbus-libs"),
    ("glib-2.0", "libglib2.0-0", "glib2"),
)


def missing() -> list[tuple[str, str]]:
    """The packages, Debian's and Fedora's name, whose library this machine does not have."""
    return [(debian, fedora) for library, debian, fedora in LIBRARIES if not ctypes.util.find_library(library)]


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
