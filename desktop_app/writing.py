"""One writing away from the window and from the pool, so that neither a slow disk nor a long job holds it up."""

import threading
from collections.abc import Callable

from db.errors import StoreError


class Writing(threading.Thread):
    """Does its work once; `error` says why it could not be done, for the window's thread to explain."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        super().__init__(name=name)
        self._work = work
        self.error: Exception | None = None

    @property
    def trouble(self) -> StoreError | None:
        """Why it could not be done, to be told; an error that nobody expected is raised."""
        if self.error is not None and not isinstance(self.error, StoreError):
            raise self.error
        return self.error

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:  # whatever it is, the window's thread explains it
            self.error = error
