"""The keys that anonymous answers are encrypted under until their round is closed: files in a folder beside the store.

They are never in the store, so no backup of it has them. Each file is one key, readable by its owner alone; a key that
is destroyed is overwritten before its file goes. See docs/anonymity.md.
"""

import os
import re
import secrets
from pathlib import Path

import structlog

from bot.settings import StoreSettings
from domain.messaging.encryption import KeyId
from storage.database import SQLITE, StoreError
from storage.keys import KEY_BYTES, new_name

log = structlog.get_logger()
BESIDE_SETTINGS = Path("jingyi.keys")  # where the store is on a server
NAME = re.compile(r"[0-9a-f]{32}")


def folder_of(chosen: StoreSettings) -> Path:
    """The folder of the keys: beside the SQLite file, else in the folder where the program starts, as `.env` is."""
    if not chosen.database_url.startswith(SQLITE):
        return BESIDE_SETTINGS
    store = chosen.database_file
    return store.with_name(f"{store.name}.keys")


class KeyFolder:
    """See `storage.keys.Keys`. Nothing is remembered between two calls: other programs use the folder, too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> KeyId:
        """Make a key; its name. Raises StoreError."""
        key = new_name()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._file(key), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            _write(handle, secrets.token_bytes(KEY_BYTES))
            self._sync()
        except OSError as error:
            raise StoreError(f"no key can be made in {self.folder}: {error.strerror}") from error
        return key

    def find(self, key: KeyId) -> bytes | None:
        """A key, if it is there. Raises StoreError."""
        try:
            found = self._file(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:  # it may be readable later: nothing that is under it is given up
            raise StoreError(f"a key in {self.folder} cannot be read: {error.strerror}") from error
        return found if len(found) == KEY_BYTES else None

    def destroy(self, key: KeyId) -> None:
        """Overwrite a key, and remove its file. Raises nothing: what fails is done at the next start."""
        try:
            _write(os.open(self._file(key), os.O_WRONLY), secrets.token_bytes(KEY_BYTES))
            self._file(key).unlink()
            self._sync()
        except FileNotFoundError:  # another program was faster
            return
        except OSError as error:
            log.error("a key could not be destroyed", file=str(self._file(key)), error=error.strerror)

    def all(self) -> frozenset[KeyId]:
        """The names of all keys. Raises StoreError."""
        try:
            return frozenset(KeyId(file.name) for file in self.folder.iterdir() if NAME.fullmatch(file.name))
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise StoreError(f"the keys in {self.folder} cannot be read: {error.strerror}") from error

    def _file(self, key: KeyId) -> Path:
        if NAME.fullmatch(key) is None:  # it comes from the store
            raise StoreError("a key has a name that no key has")
        return self.folder / key

    def _sync(self) -> None:
        """Wait until the folder's list of names is on the disk."""
        if os.name == "nt":  # no such call there
            return
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write(handle: int, content: bytes) -> None:
    """Write to an open file, wait until it is on the disk, and close it."""
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
