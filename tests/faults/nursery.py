"""A warm process that forks a child for each job and kills it, so that fifty kills take seconds.

    with Nursery() as nursery:
        ended = nursery.run("save_without_end", {"path": "..."}, lines=3, then_s=0.004)

The child of that job is killed 4 ms after it told the third line; without `lines` it ends by itself. Jobs are
functions of `tests.faults.jobs`.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MOST_S = 60
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is forked for each kill")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: what it told until then, and the signal that killed it, 0 for none, -1 for an error."""

    lines: list[str]
    signal: int


class Nursery:
    """The warm process, seen from the test."""

    def __enter__(self) -> "Nursery":
        words = [sys.executable, "-c", "from tests.faults.nursery import serve; serve()"]
        self._process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=MOST_S)

    def run(self, job: str, values: dict[str, Any], *, lines: int | None = None, then_s: float = 0.0) -> Ended:
        """Run a job in a child of its own.

        Args:
            lines: how many lines the child tells before it is killed; None leaves it alone.
            then_s: how long it goes on after them, in seconds.
        """
        assert self._process.stdin and self._process.stdout
        print(json.dumps([job, values, lines, then_s]), file=self._process.stdin, flush=True)
        return Ended(*json.loads(self._process.stdout.readline()))


def serve() -> None:
    """Do what is asked on the standard input, line by line."""
    import sqlite_utils  # noqa: F401  # imported here once, not in every child

    from tests.faults import jobs

    for asked in sys.stdin:
        name, values, lines, then_s = json.loads(asked)
        print(json.dumps(_forked(getattr(jobs, name), values, lines, then_s)), flush=True)


def _forked(job: Any, values: dict[str, Any], lines: int | None, then_s: float) -> tuple[list[str], int]:
    ears, mouth = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(MOST_S)
        code = 1
        try:
            job(lambda line: os.write(mouth, f"{line}\n".encode()), **values)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(mouth)
    with os.fdopen(ears, "rb") as heard:
        told = [heard.readline() for _ in range(lines or 0)]
        if lines is not None:
            time.sleep(then_s)
            os.kill(child, signal.SIGKILL)
        told += heard.readlines()
    _, status = os.waitpid(child, 0)
    whole = [line.decode().strip() for line in told if line.endswith(b"\n")]
    return whole, -os.waitstatus_to_exitcode(status)
