"""Inside a child process that reads one file: limits itself, reads, tells what it found, and ends.

Started by `sheets.process`. The file comes by standard input; what goes out are lines as `sheets.wire` writes them.
"""

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from sheets import wire
from sheets.reader import Progress
from sheets.reading import MAX_FILE_BYTES, WrongFile

try:
    import resource
except ImportError:  # Windows: the parent's clock is the only limit
    resource = None  # type: ignore[assignment]  # it is asked for before use

END, PROGRESS, WRONG, FAULT = "end", "progress", "wrong", "fault"  # words that begin the other lines
NICE = 5
LATER = 10  # seconds
MAX_OPEN_FILES = 64
Entry = Callable[[bytes, Progress], Iterable[object]]


class Limits(NamedTuple):
    """What a child may use."""

    memory: int = 512 * 1024 * 1024  # bytes of addresses
    processor_seconds: int = 40
    seconds: int = 45  # by the clock on the wall; in chat a handler waits for it
    output: int = 64 * 1024 * 1024  # bytes


LIMITS = Limits()
PATIENT = Limits(processor_seconds=300, seconds=600)  # for whoever waits at a terminal


def main() -> None:
    """Read standard input with the reader that the command line names."""
    _, _, entry, limits = sys.argv
    out = _claim_output()
    restrict(Limits(*json.loads(limits)))
    read = _find(entry)
    _tell(out, read, sys.stdin.buffer.read(MAX_FILE_BYTES + 1))
    out.flush()
    os._exit(0)  # there is nothing to tidy up


def _claim_output() -> BinaryIO:
    """Standard output for us alone: what a library prints goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return out


def restrict(limits: Limits) -> None:
    """Limit this process, as far as the platform can; it cannot be undone."""
    os.umask(0o077)
    if hasattr(os, "nice"):
        os.nice(NICE)
    if hasattr(signal, "alarm"):
        signal.alarm(limits.seconds + LATER)  # where the parent is gone and cannot end it
    if resource is None:
        return
    most = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_CPU, limits.processor_seconds),
        (resource.RLIMIT_AS, limits.memory),
    )
    for kind, value in most:
        with suppress(OSError, ValueError):  # macOS refuses some; a lower one may hold already
            resource.setrlimit(kind, (value, value))


def _find(entry: str) -> Entry:
    module, _, name = entry.partition(":")
    found: Entry = getattr(importlib.import_module(module), name)
    return found


def _tell(out: BinaryIO, read: Entry, data: bytes) -> None:
    """Write what a reader finds, and the word that says it is complete."""

    def line(*words: object) -> None:
        out.write(json.dumps(words).encode() + b"\n")
        out.flush()

    try:
        for told in wire.lines(read(data, lambda done, of: line(PROGRESS, done, of))):
            out.write(told)
        line(END)
    except WrongFile as wrong:
        line(WRONG, wrong.reason, wrong.detail)
    except Exception as error:  # what it says may hold words of the file: only its name goes out
        line(FAULT, type(error).__name__, _place(error))


def _place(error: Exception) -> str:
    """Where it was raised."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else ""  # noqa: PTH119 - the child imports little
