"""The key of the audit log's and the ledger's seals: a setting, or a file beside the store; never in the store."""

import os
import secrets
from pathlib import Path

from bot.settings import StoreSettings, WrongSetting
from domain.admin.seal import Key
from storage.database import SQLITE

KEY_BYTES = 32
BESIDE_SETTINGS = Path("jingyi.audit-key")  # where the store is on a server
WIDER_THAN_OWN = 0o077


def file_of(chosen: StoreSettings) -> Path:
    """The file of the key: beside the SQLite file, else in the folder where the program starts, as `.env` is."""
    if not chosen.database_url.startswith(SQLITE):
        return BESIDE_SETTINGS
    store = chosen.database_file
    return store.with_name(f"{store.name}.audit-key")


def find(chosen: StoreSettings) -> Key | None:
    """The key, if there is one. Raises WrongSetting for a file that cannot be read or holds too little."""
    if chosen.audit_key is not None:
        return Key(chosen.audit_key.get_secret_value().encode())
    file = file_of(chosen)
    try:
        words = file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"JINGYI_AUDIT_KEY: {file} cannot be read; see docs/verification.md") from error
    if len(words) < KEY_BYTES:
        raise WrongSetting(f"JINGYI_AUDIT_KEY: {file} holds no key; put it back, see docs/verification.md")
    return Key(words.encode())


def make(chosen: StoreSettings) -> Key:
    """A new key, in its file, for its owner alone; one that another program has just made there is taken.

    Raises WrongSetting.
    """
    file = file_of(chosen)
    words = secrets.token_hex(KEY_BYTES)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        found = find(chosen)
        if found is None:
            raise WrongSetting(f"JINGYI_AUDIT_KEY: {file} was there and is gone") from None
        return found
    except OSError as error:
        wrong = f"{file} cannot be made ({error.strerror}); set it to 32 or more random characters"
        raise WrongSetting(f"JINGYI_AUDIT_KEY: {wrong}") from error
    with os.fdopen(handle, "w", encoding="utf-8") as made:
        made.write(f"{words}\n")
        made.flush()
        os.fsync(made.fileno())
    return Key(words.encode())
