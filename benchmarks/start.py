"""From process start to the first paint with a file open, against a bare window: `python -m benchmarks.start [runs]`.

Both are started in turn, warm, with every module compiled as in an installation, and each says how long it took, how
much of that the processor worked for it, and how much memory it had at its peak. A busy machine shows in the median
of the time; the smallest of many runs and the processor's time tell more there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The window itself tells of its first paint: a filter on the application would have every widget wrapped for Python.
_MEASURE = """
import resource, sys, time
from PySide6 import QtCore, QtWidgets
class Telling(QtWidgets.QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        if not hasattr(self, "is_painted"):
            self.is_painted = True
            QtCore.QTimer.singleShot(0, tell)
def tell():
    now = time.clock_gettime(time.CLOCK_MONOTONIC)
    print(now - float(sys.argv[1]), time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    sys.stdout.flush()
    import os; os._exit(0)
"""
_BARE = (
    _MEASURE
    + """
application = QtWidgets.QApplication([])
window = Telling()
window.resize(1440, 900)
window.show()
application.exec()
"""
)
_OURS = (
    _MEASURE
    + """
QtWidgets.QMainWindow = Telling
from desktop_app import command_line
command_line.run([sys.argv[2]])
"""
)
_FIGURES = (("first paint", "s"), ("processor", "s"), ("peak memory", "KiB"))


def measure(script: str, compiled: Path, *arguments: str) -> tuple[float, ...]:
    """Seconds to the first paint, seconds that the processor worked, and the peak memory in KiB."""
    started = str(time.clock_gettime(time.CLOCK_MONOTONIC))
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment |= {"XDG_CONFIG_HOME": str(compiled), "INSPECTION_LOG_DATA": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", script, started, *arguments]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return tuple(float(figure) for figure in ended.stdout.split()[-3:])


def main(runs: int) -> None:
    """Print the medians and the smallest of each, and their ratios."""
    sys.path.insert(0, str(ROOT))
    from db import sample_file

    with tempfile.TemporaryDirectory() as folder:
        path, compiled = Path(folder) / "durham.sqlite", Path(folder) / "compiled"
        sample_file.make(path)
        bare, ours = [], []
        for _ in range(runs + 1):
            bare.append(measure(_BARE, compiled))
            ours.append(measure(_OURS, compiled, str(path)))
    for place, (name, unit) in enumerate(_FIGURES):
        for manner, of in (("median", statistics.median), ("smallest", min)):
            floor, mine = (of(run[place] for run in each[1:]) for each in (bare, ours))  # the first ones compile
            print(f"{name}, {manner}: bare {floor:.3f} {unit}, with the sample open {mine:.3f} {unit}, "
                  f"ratio {mine / floor:.2f}")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
