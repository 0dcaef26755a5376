"""Threads of the program share the C library's memory."""

import ctypes
import subprocess
import sys

import pytest

GLIBC = sys.platform == "linux" and hasattr(ctypes.CDLL(None), "malloc_info")
PROGRAM = """
import ctypes, threading
from bot import arenas

arenas.share()
ends = threading.Barrier(9)

def allocate():
    libc.malloc(100_000)
    ends.wait()

libc = ctypes.CDLL(None)
threads = [threading.Thread(target=allocate) for _ in range(8)]
for thread in threads:
    thread.start()
ends.wait()
libc.malloc_stats()
"""


@pytest.mark.skipif(not GLIBC, reason="another C library")
def test_eight_threads_have_two_arenas() -> None:
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stderr
    assert told.count("Arena ") <= 2, told
