"""Texts as the store keeps them under a key: encrypted, and of the same size whatever they say."""

import base64
import json
import secrets
import zlib
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.messaging.encryption import KeyId
from storage.keys import KEY_BYTES, Keyring

MARK: Final = "~"  # before an encrypted text; no JSON begins so
BODY: Final = "encrypted"  # the one entry of a body that is encrypted
ROOM = 4096  # bytes: whatever somebody presses or answers fits in
GROWTH = 4  # what does not fit takes so many times as much room
LENGTH_BYTES, NONCE_BYTES = 4, 12


class Cipher:
    """Encrypts and decrypts for one transaction; keys are looked up once in it."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._found: dict[KeyId, AESGCM | None] = {}

    def has(self, key: KeyId) -> bool:
        """Whether a key is there. Raises StoreError."""
        return self._key(key) is not None

    def encrypt(self, key: KeyId, words: str, about: str, room: int = ROOM) -> str:
        """Words under a key; where it is lost they are lost, too. Raises StoreError.

        `about` is what they are for, and has to be the same when they are read. They take `room` bytes, or four times
        as many, and so on.
        """
        cipher = self._key(key) or AESGCM(secrets.token_bytes(KEY_BYTES))
        nonce = secrets.token_bytes(NONCE_BYTES)
        hidden = nonce + cipher.encrypt(nonce, _padded(words, room), about.encode())
        return f"{MARK}{key}:{base64.b64encode(hidden).decode()}"

    def decrypt(self, text: str, about: str) -> str | None:
        """What was encrypted; `None` where its key is gone. Raises StoreError."""
        cipher = self._key(key_of(text))
        hidden = base64.b64decode(text.partition(":")[2])
        if cipher is None:
            return None
        try:
            padded = cipher.decrypt(hidden[:NONCE_BYTES], hidden[NONCE_BYTES:], about.encode())
        except InvalidTag:  # it was encrypted while its key was not at hand, or is damaged
            return None
        length = int.from_bytes(padded[:LENGTH_BYTES])
        return zlib.decompress(padded[LENGTH_BYTES:][:length]).decode("utf-8", "surrogatepass")

    def encrypt_body(self, key: KeyId | None, body: Mapping[str, Any], about: str) -> Mapping[str, Any]:
        """A small document under a key, as one; without a key as it is. Raises StoreError."""
        if key is None:
            return body
        return {BODY: self.encrypt(key, json.dumps(body, ensure_ascii=False), about)}

    def decrypt_body(self, body: Mapping[str, Any], about: str) -> Mapping[str, Any] | None:
        """A document as it was; `None` where its key is gone. Raises StoreError."""
        if body.keys() != {BODY}:
            return body
        words = self.decrypt(body[BODY], about)
        found: Mapping[str, Any] | None = None if words is None else json.loads(words)
        return found

    def _key(self, key: KeyId) -> AESGCM | None:
        if key not in self._found:
            found = self._keyring.find(key)
            self._found[key] = None if found is None else AESGCM(found)
        return self._found[key]


def is_encrypted(text: str) -> bool:
    """Whether a text is one that `Cipher.encrypt` made."""
    return text.startswith(MARK)


def key_of(text: str) -> KeyId:
    """The key that a text is under."""
    return KeyId(text.partition(":")[0].removeprefix(MARK))


def key_of_body(body: Mapping[str, Any]) -> KeyId | None:
    """The key that a document is under; `None` for one that is not encrypted."""
    return key_of(body[BODY]) if body.keys() == {BODY} else None


def _padded(words: str, room: int) -> bytes:
    """Words in a fixed number of bytes: compressed, their length before them, zeros behind them."""
    compressed = zlib.compress(words.encode("utf-8", "surrogatepass"), 1)
    size = len(compressed) + LENGTH_BYTES
    while size > room:
        room *= GROWTH
    return len(compressed).to_bytes(LENGTH_BYTES) + compressed + bytes(room - size)
