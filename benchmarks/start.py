"""From process start to the first paint with a file open, against a bare window: `python -m benchmarks.start [runs]`.

Both are started in turn, warm, and each says how long it took and how much memory it had at its peak.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
_MEASURE = """
import resource, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not getattr(self, "is_done", False):
            self.is_done = True
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        now = time.clock_gettime(time.CLOCK_MONOTONIC)
        print(now - float(sys.argv[1]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        sys.stdout.flush()
        import os; os._exit(0)
"""
_BARE = (
    _MEASURE
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
first = FirstPaint()
window = QMainWindow()
application.installEventFilter(first)
window.resize(1440, 900)
window.show()
application.exec()
"""
)
_OURS = (
    _MEASURE
    + """
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
application = QApplication([])
first = FirstPaint()
application.installEventFilter(first)
from desktop_app import app
app.run(Path(sys.argv[2]), QSettings(sys.argv[3], QSettings.Format.IniFormat))
"""
)


def measure(script: str, *arguments: str) -> tuple[float, int]:
    """Seconds to the first paint, and the peak memory in KiB."""
    code = script
    started = str(time.clock_gettime(time.CLOCK_MONOTONIC))
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-c", code, started, *arguments]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    seconds, memory = ended.stdout.split()[-2:]
    return float(seconds), int(memory)


def main(runs: int) -> None:
    """Print the medians and their ratios."""
    sys.path.insert(0, str(ROOT))
    from db import sample_file

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "durham.sqlite"
        sample_file.make(path)
        bare, ours = [], []
        for _ in range(runs):
            bare.append(measure(_BARE))
            ours.append(measure(_OURS, str(path), str(Path(folder) / "settings.ini")))
    for place, name, unit in ((0, "first paint", "s"), (1, "peak memory", "KiB")):
        floor = statistics.median(run[place] for run in bare)
        mine = statistics.median(run[place] for run in ours)
        print(f"{name}: bare {floor:.3f} {unit}, with the sample open {mine:.3f} {unit}, ratio {mine / floor:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
