"""A SQLite store as one file for safekeeping, and back."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import aiosqlite

from domain.admin.backup import AlreadyThere, NoStore, NotAStore, SameFile, StoreInUse
from storage import lock, migrate
from storage.cipher import MARK, key_of

PAGES = 1024  # in one step
ENCRYPTED_ANSWERS = "SELECT substr(body, 1, 40) FROM responses WHERE state = 'submitted' AND substr(body, 1, 1) = ?"
Progress = Callable[[int, int], None]


async def backup(database: Path, file: Path, *, force: bool = False, progress: Progress = lambda done, of: None) -> int:
    """Write what the store holds at this moment to a file, while others use the store; how many bytes.

    The file is there whole or not at all. `progress` hears, in another thread, how many pages of how many are done.
    Raises NoStore, SameFile, AlreadyThere (with `force` a file is replaced), NotAStore, OSError.
    """
    _check_names(database, file)
    _check_free(None if force else file)
    with _made_beside(file) as made:
        await _copy(database, made, progress)
    return _size(file)


async def restore(
    database: Path, file: Path, *, at: datetime, progress: Progress = lambda done, of: None
) -> Path | None:
    """Put a backup in the store's place; where the replaced store is kept, `None` where there was none.

    The backup itself stays as it is. Where it raises, nothing has changed: NoStore, SameFile, NotAStore, StoreInUse,
    AlreadyThere, OSError.
    """
    _check_names(file, database)
    with lock.hold(database):
        kept = _kept(database, at)
        _check_free(kept)
        with _made_beside(database) as made:
            await _copy(file, made, progress)
            _check(made, file)
            if kept is not None:
                _put_aside(database, kept)
    return kept


def unreadable(database: Path, keys: Collection[str]) -> int:
    """How many anonymous answers of open rounds a store holds that none of these keys reads."""
    with closing(_open(database)) as connection:
        try:
            bodies = connection.execute(ENCRYPTED_ANSWERS, (MARK,)).fetchall()
        except sqlite3.OperationalError:  # a store of a version that had none
            return 0
    return sum(key_of(body) not in keys for (body,) in bodies)


def _check_names(source: Path, target: Path) -> None:
    """Raises NoStore where there is nothing to copy, SameFile."""
    if not source.is_file():
        raise NoStore(file=str(source))
    if target.exists() and target.samefile(source):
        raise SameFile(file=str(target))


def _check_free(file: Path | None) -> None:
    """Raises AlreadyThere."""
    if file is not None and file.exists():
        raise AlreadyThere(file=str(file))


def _kept(database: Path, at: datetime) -> Path | None:
    """Where a store is kept that is replaced, if there is one."""
    return database.with_name(f"{database.stem}-{at:%Y%m%d-%H%M%S}{database.suffix}") if database.exists() else None


def _size(file: Path) -> int:
    return file.stat().st_size


@contextmanager
def _made_beside(file: Path) -> Iterator[Path]:
    """A new file under a passing name, readable by its owner alone; at the end it is durable and takes its name."""
    made = file.with_name(f".{file.name}.{os.getpid()}.part")
    made.unlink(missing_ok=True)
    made.touch(mode=0o600, exist_ok=False)
    try:
        yield made
        _sync(made)
        made.replace(file)
        _sync(file.parent)
    finally:
        for left in (made, *_companions(made)):
            left.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    if os.name == "nt" and path.is_dir():  # no such call there
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


async def _copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy one moment of a store; `progress` is called in another thread. Raises NotAStore."""
    try:
        async with _connect(source) as reading, _connect(target) as writing:
            await reading.execute("BEGIN")
            await reading.execute_fetchall("SELECT count(*) FROM sqlite_master")  # holds the moment while others write
            await reading.backup(writing, pages=PAGES, progress=lambda _, left, of: progress(of - left, of), sleep=0)
            await writing.execute("PRAGMA journal_mode = DELETE")  # one file, also where it is opened next
    except sqlite3.Error as error:
        raise NotAStore(file=str(source), reason=str(error)) from error


def _check(made: Path, file: Path) -> None:
    """Raises NotAStore for a copy that is damaged, no store of this program, or of a version that it does not know."""
    try:
        with closing(_open(made)) as connection:
            found = [line for (line,) in connection.execute("PRAGMA integrity_check(1)")]
            versions = [version for (version,) in connection.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.Error as error:
        raise NotAStore(file=str(file), reason=str(error)) from error
    if found != ["ok"]:
        raise NotAStore(file=str(file), reason=found[0])
    if len(versions) != 1 or versions[0] not in migrate.known_versions():
        raise NotAStore(file=str(file), reason=f"version {', '.join(versions) or '?'}")


def _put_aside(database: Path, kept: Path) -> None:
    """Give the replaced store another name, with what belongs to it. Raises StoreInUse."""
    with suppress(sqlite3.DatabaseError), closing(_open(database)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # brings all into the one file; needs it alone
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise StoreInUse(file=str(database), process="") from error
    for part, its_name in zip(_companions(database), _companions(kept), strict=True):
        with suppress(FileNotFoundError):
            part.rename(its_name)
    database.rename(kept)


def _companions(database: Path) -> tuple[Path, Path]:
    return database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")


def _open(file: Path) -> sqlite3.Connection:
    """A file that is there; nothing is made."""
    return sqlite3.connect(_uri(file), uri=True, isolation_level=None)


def _connect(file: Path) -> aiosqlite.Connection:
    """The same, beside the event loop."""
    return aiosqlite.connect(_uri(file), uri=True, isolation_level=None)


def _uri(file: Path) -> str:
    return f"{file.resolve().as_uri()}?mode=rw"
