"""One running bot a store: an operating system's lock on a file beside it, which even a kill gives back.

The store may have other names (hard links, files mounted elsewhere), and so other files beside it. On Linux the store
itself is locked, too: flock() and the locks of SQLite (fcntl) do not know each other there. Elsewhere they do, and a
store with a second name is refused.

Commands that only read or add to the store (import, backup, verify) do not need it: it is the bot's, not the store's.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO, Any

from domain.admin.backup import StoreInUse
from storage.database import SQLITE

if sys.platform == "win32":
    import msvcrt

    def _lock(side: IO[str]) -> None:
        side.seek(1 << 30)  # far behind the process number, which others read
        msvcrt.locking(side.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(side: IO[Any]) -> None:
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
        with _hold_itself(database):
            yield


if sys.platform == "linux":

    @contextmanager
    def _hold_itself(database: Path) -> Iterator[None]:
        """Hold the file that a name means, whatever else it is called. Raises StoreInUse.

        A process that closes any handle of a file gives up all of SQLite's locks on it. So this one is opened before
        SQLite opens the file, and closed after it. What cannot be opened or locked at all SQLite will complain of.
        """
        with ExitStack() as closing:
            with suppress(OSError):
                itself = closing.enter_context(database.open("rb"))
                try:
                    _lock(itself)
                except BlockingIOError as error:
                    raise StoreInUse(file=str(database), process="") from error
            yield
else:

    @contextmanager
    def _hold_itself(database: Path) -> Iterator[None]:
        """Refuse a file that has another name, by which somebody may hold it. Raises StoreInUse."""
        if database.exists() and database.stat().st_nlink > 1:
            raise StoreInUse(file=str(database), process="")
        yield


def held(url: str) -> AbstractContextManager[None]:
    """Be the one bot of the store at an address; where several may share it, do nothing. Raises as `hold` does.

    A store that is not there is made, empty, so that it can be held.
    """
    return _made_and_held(Path(url.removeprefix(SQLITE))) if url.startswith(SQLITE) else nullcontext()


@contextmanager
def _made_and_held(database: Path) -> Iterator[None]:
    if database.parent.is_dir() and not database.exists():
        database.touch(mode=0o600)
    with hold(database):
        yield


def beside(database: Path) -> Path:
    """The file that is locked; it stays, since taking it away could let two bots in."""
    real = database.resolve()
    return real.with_name(f"{real.name}.lock")
