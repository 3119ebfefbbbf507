"""Work on a pool thread; everything that is told of it comes on the window's thread."""

import gc
import threading
import time
import weakref

import shiboken6
from PySide6.QtCore import QObject, QThreadPool

from desktop_app import jobs


def test_a_result_is_handed_over_on_the_windows_thread(qtbot):
    parent, seen = QObject(), []
    job = jobs.run(
        threading.get_ident,
        parent=parent,
        on_done=lambda worker: seen.append((worker, threading.get_ident())),
        on_error=seen.append,
    )
    assert job.is_running
    qtbot.waitUntil(lambda: bool(seen))
    ((worker, told),) = seen
    assert told == threading.get_ident() != worker
    assert not job.is_running


def test_an_error_is_handed_over(qtbot):
    def fail():
        raise ValueError("no such page")

    parent, seen = QObject(), []
    jobs.run(fail, parent=parent, on_done=seen.append, on_error=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ValueError)


def test_progress_is_told_now_and_then_and_every_new_word(qtbot):
    def work():
        for number in range(1000):
            job.tell(number / 1000, "Reading")
        job.tell(1.0, "Done")

    parent, told = QObject(), []
    job = jobs.Job(parent)
    job.progressed.connect(lambda share, doing: told.append((share, doing)))
    with qtbot.waitSignal(job.done):
        job.start(work)
    assert told[0] == (0.0, "Reading")
    assert told[-1] == (1.0, "Done")
    assert len(told) < 20


def test_work_hears_that_it_is_cancelled(qtbot):
    def work():
        while not job.is_cancelled():
            time.sleep(0.001)
        return "stopped"

    job = jobs.Job(parent := QObject())
    with qtbot.waitSignal(job.done) as done:
        job.start(work)
        job.cancel()
    assert done.args == ["stopped"]
    assert job.parent() is parent


def test_work_whose_parent_is_gone_stops_and_is_not_told(qtbot):
    def work():
        while not job.is_cancelled():
            time.sleep(0.001)
        job.tell(1.0, "Too late")
        ended.set()

    ended, seen, parent = threading.Event(), [], QObject()
    job = jobs.Job(parent)
    job.done.connect(seen.append)
    job.start(work)
    shiboken6.delete(parent)
    qtbot.waitUntil(ended.is_set)
    qtbot.waitUntil(lambda: not jobs._running)
    assert seen == []


def test_what_the_work_held_goes_on_the_windows_thread(qtbot):
    class Held:
        def __del__(self):
            gone_on.append(threading.get_ident())

    gone_on, parent = [], QObject()
    held = Held()
    watched = weakref.ref(held)
    job = jobs.Job(parent)
    job.start(lambda kept=held: kept and None)
    del held
    qtbot.waitUntil(lambda: not job.is_running)
    gc.collect()
    assert watched() is None
    assert gone_on == [threading.get_ident()]


def test_at_the_end_of_the_program_all_work_stops(qtbot):
    parent = QObject()
    job = jobs.Job(parent)

    def work():
        while not job.is_cancelled():
            time.sleep(0.001)

    with qtbot.waitSignal(job.done):
        job.start(work)
        jobs.stop_all()
        assert QThreadPool.globalInstance().activeThreadCount() == 0


def test_five_hundred_jobs_leave_nothing(qtbot):
    parent, seen = QObject(), []
    for number in range(500):
        jobs.run(lambda number=number: number, parent=parent, on_done=seen.append, on_error=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 500)
    assert sorted(seen) == list(range(500))
    assert jobs._running == {}
