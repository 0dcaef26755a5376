"""The C library's memory: it gives each thread an arena of its own, in which most stays free and is not given back."""

import ctypes
import sys

M_ARENA_MAX = -8  # in glibc's malloc.h
ARENAS = 2


def share() -> None:
    """Let all threads share two arenas. It counts for threads that begin later; without glibc nothing changes."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)
