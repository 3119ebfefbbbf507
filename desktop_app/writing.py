"""One writing away from the window and from the pool, so that neither a slow disk nor a long job holds it up."""

import threading
from collections.abc import Callable


class Writing(threading.Thread):
    """Does its work once; `error` says why it could not be done, for the window's thread to explain."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        super().__init__(name=name)
        self._work = work
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:  # whatever it is, the window's thread explains it
            self.error = error
