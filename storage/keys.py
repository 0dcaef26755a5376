"""Keys that what is confidential is encrypted under: kept outside the store, and destroyed after a commit."""

import secrets
from typing import Protocol

from domain.messaging.encryption import KeyId

KEY_BYTES = 32


class Keys(Protocol):
    """Where keys are kept."""

    def make(self) -> KeyId:
        """Make a key; its name. Raises StoreError."""

    def find(self, key: KeyId) -> bytes | None:
        """A key, if it is there. Raises StoreError."""

    def destroy(self, key: KeyId) -> None:
        """Destroy a key, if it is there; raises nothing. Where that fails, a later `all` still names it."""

    def all(self) -> frozenset[KeyId]:
        """The names of all keys. Raises StoreError."""


class KeysInMemory:
    """Keys that end with the program: for stores that nobody asks anything confidential with."""

    def __init__(self) -> None:
        self._keys: dict[KeyId, bytes] = {}

    def make(self) -> KeyId:
        """Make a key; its name."""
        key = new_name()
        self._keys[key] = secrets.token_bytes(KEY_BYTES)
        return key

    def find(self, key: KeyId) -> bytes | None:
        """A key, if it is there."""
        return self._keys.get(key)

    def destroy(self, key: KeyId) -> None:
        """Destroy a key, if it is there."""
        self._keys.pop(key, None)

    def all(self) -> frozenset[KeyId]:
        """The names of all keys."""
        return frozenset(self._keys)


def new_name() -> KeyId:
    """A name for a key; it says nothing of the key."""
    return KeyId(secrets.token_hex(16))


class Keyring:
    """The keys for one connection, and those that its transaction makes and destroys.

    A key is destroyed after the commit, never before: a transaction that is lost after all must still be readable. A
    key that was made in a unit that is undone goes at once.
    """

    def __init__(self, keys: Keys | None = None) -> None:
        self.keys: Keys = keys or KeysInMemory()
        self._made: list[KeyId] = []
        self._doomed: list[KeyId] = []
        self._to_destroy: list[KeyId] = []

    def make(self) -> KeyId:
        """Make a key; its name. Raises StoreError."""
        key = self.keys.make()
        self._made.append(key)
        return key

    def find(self, key: KeyId) -> bytes | None:
        """A key, if it is there. Raises StoreError."""
        return self.keys.find(key)

    def destroy(self, key: KeyId) -> None:
        """Destroy a key once the transaction is committed."""
        self._doomed.append(key)

    def begin(self) -> None:
        """A transaction begins. What the last one left open stays as it is: nobody knows whether it was kept."""
        self._made, self._doomed, self._to_destroy = [], [], []

    def keep(self) -> None:
        """The unit is well."""
        self._to_destroy += self._doomed
        self._made, self._doomed = [], []

    def undo(self) -> None:
        """The unit is undone."""
        for key in self._made:
            self.keys.destroy(key)
        self._made, self._doomed = [], []

    def committed(self) -> bool:
        """Destroy what is to be destroyed; whether that was anything. Raises nothing."""
        doomed, self._to_destroy = self._to_destroy, []
        for key in doomed:
            self.keys.destroy(key)
        return bool(doomed)
