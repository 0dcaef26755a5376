"""Ends a process whose event loop stands still, so that whoever supervises it starts it again.

Two watch. A thread tells in the log what it was that ran. Where that thread cannot run either - the interpreter's lock
is held, as a search with a regular expression holds it - faulthandler, which needs no lock, writes every thread's stack
to standard error.

A machine that is too busy to run the loop is no fault of the loop, so the thread looks at the processor time of the
loop's thread: what runs there has used some of it, or has waited for even longer.
"""

import asyncio
import faulthandler
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

BLOCKED_AFTER = 15.0  # seconds
GRACE = 5.0  # seconds more, for the thread's last words; then faulthandler ends the process, with exit code 1
BEATS = 10  # within the limit
BUSY = 0.25  # of the limit: processor time by which the loop's thread was at work, not waiting for its turn
EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h

Task = asyncio.Task[Any]
LastWords = Callable[[Task | None, Sequence[str]], None]


class Watchdog:
    """Watches the event loop that it is started in."""

    def __init__(self, limit: float, last_words: LastWords) -> None:
        """`limit` is in seconds. `last_words` is called from another thread, with what runs and where it stands."""
        self._limit = limit
        self._step = limit / BEATS
        self._last_words = last_words
        self._missed = 0
        self._stopped = threading.Event()

    def start(self) -> None:
        """Watch from now on."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        clock = getattr(time, "pthread_getcpuclockid", None)  # macOS has none
        self._processor_time = partial(time.clock_gettime, clock(self._thread)) if clock else time.monotonic
        self._beat()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Watch no more."""
        self._stopped.set()
        self._next.cancel()
        faulthandler.cancel_dump_traceback_later()

    def _beat(self) -> None:
        self._missed, self._used = 0, self._processor_time()
        faulthandler.dump_traceback_later(self._limit + GRACE, exit=True, file=sys.__stderr__ or sys.stderr)
        self._next = self._loop.call_later(self._step, self._beat)

    def _watch(self) -> None:
        """Count beats that do not come: a whole process that was halted for a while has missed none."""
        while not self._stopped.wait(self._step):
            self._missed += 1
            if self._missed > BEATS and self._is_blocked():
                self._end()

    def _is_blocked(self) -> bool:
        """Whether the loop's thread was at work all the while, or waits although others have had their turn, too."""
        is_busy = self._processor_time() - self._used > BUSY * self._limit
        return is_busy or self._missed * self._step > self._limit + GRACE / 2

    def _end(self) -> None:
        try:
            self._last_words(asyncio.current_task(self._loop), self._stack())
        finally:
            os._exit(EXIT_CODE)

    def _stack(self) -> list[str]:
        """Where the loop stands, innermost last; places only, no values."""
        frame = sys._current_frames().get(self._thread)
        return [f"{place.filename}:{place.lineno} in {place.name}" for place in traceback.extract_stack(frame)]
