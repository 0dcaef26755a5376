"""The C library's memory: it gives each thread an arena of its own, in which most stays free and is not given back."""

import ctypes
import sys

M_ARENA_MAX = -8  # in glibc's malloc.h
ARENAS = 2


def share() -> None:
    """Let all threads share two arenas. It counts for threads that begin later; without glibc nothing changes."""
    _call("mallopt", M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give what is free back to the system now: the start frees much that the program never takes again."""
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    function = getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
    if function is not None:
        function(*values)
