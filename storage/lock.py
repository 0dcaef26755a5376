"""One running bot a store: an operating system's lock on a file beside it, which even a kill gives back.

Commands that only read or add to the store (import, backup, verify) do not need it: it is the bot's, not the store's.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO

from domain.admin.backup import StoreInUse
from storage.database import SQLITE

if sys.platform == "win32":
    import msvcrt

    def _lock(side: IO[str]) -> None:
        side.seek(1 << 30)  # far behind the process number, which others read
        msvcrt.locking(side.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(side: IO[str]) -> None:
        fcntl.flock(side.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold(database: Path) -> Iterator[None]:
    """Be the one bot of a store while the block runs. Raises StoreInUse, OSError where the folder takes no file."""
    with beside(database).open("a+", encoding="ascii") as side:
        try:
            _lock(side)
        except OSError as error:
            side.seek(0)
            raise StoreInUse(file=str(database), process=side.read(20).strip()) from error
        side.seek(0)
        side.truncate()
        side.write(str(os.getpid()))
        side.flush()
        yield


def held(url: str) -> AbstractContextManager[None]:
    """Be the one bot of the store at an address; where several may share it, do nothing. Raises as `hold` does."""
    return hold(Path(url.removeprefix(SQLITE))) if url.startswith(SQLITE) else nullcontext()


def beside(database: Path) -> Path:
    """The file that is locked; it stays, since taking it away could let two bots in."""
    real = database.resolve()
    return real.with_name(f"{real.name}.lock")
