"""Disks that can be full: a small one of their own, and a limit on how long a program's files may become."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SMALL = 8  # megabytes
MAX_FILE_BYTES = 64 * 1024  # bytes: less than any store has, more than a test's log
BLOCK = b"\0" * 4096


class SmallDisk:
    """A file system of a few megabytes in memory, which takes the right to mount it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, _: int) -> None:
        """Leave no room at all."""
        file = os.open(self._filler, os.O_CREAT | os.O_WRONLY)
        try:
            with suppress(OSError):  # this is how it ends
                while True:
                    os.write(file, BLOCK)
        finally:
            os.close(file)

    def clear(self, _: int) -> None:
        """Give the room back."""
        self._filler.unlink()


class ShortFiles:
    """What a program may write is cut off at a length, from outside and while it runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, process: int) -> None:
        """No file of the process grows any more."""
        resource.prlimit(process, resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, resource.RLIM_INFINITY))

    def clear(self, process: int) -> None:
        """Take the limit away."""
        resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


Disk = SmallDisk | ShortFiles


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """A small disk; where nothing may be mounted, files that are kept short."""
    place = folder / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SMALL}m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True, check=False).returncode != 0:
        yield ShortFiles(place)
        return
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def short_files(folder: Path) -> Iterator[Disk]:
    """Files that are kept short."""
    yield ShortFiles(folder)


DISKS: tuple[Callable[..., object], ...] = (small_disk, short_files)
