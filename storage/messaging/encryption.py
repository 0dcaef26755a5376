"""Keys by their names, and the chats that are under one, in the store."""

from sqlalchemy import BindParameter, Connection, Text, bindparam, cast, delete, insert, select, type_coerce, update

from domain.ids import ChatId
from domain.messaging.delivery import State
from domain.messaging.encryption import KeyId
from storage.cipher import BODY, MARK
from storage.columns import EPOCH
from storage.dialects import upsert
from storage.feature import ERASED, Feature
from storage.keys import Keyring
from storage.messaging.chat import chats
from storage.messaging.draft import drafts
from storage.messaging.rows import IN_QUEUE
from storage.messaging.tables import encrypted_chats, encryption_keys, outbox

under = encrypted_chats.c
ADD = insert(encryption_keys)
DOOM = update(encryption_keys).where(encryption_keys.c.id == bindparam("key")).values(destroyed=True)
KEYS = select(encryption_keys.c.id).where(encryption_keys.c.destroyed == bindparam("gone"))
LANE = select(cast(chats.c.platform_id, Text)).where(chats.c.id == bindparam("chat"))
BEGIN = upsert(encrypted_chats, ("chat_id",), lane=bindparam("new_lane"), key_id=bindparam("new_key"))
END = delete(encrypted_chats).where(under.chat_id == bindparam("chat"))
RELEASE = delete(encrypted_chats).where(under.key_id == bindparam("key"))
BEGINNING: BindParameter[str] = bindparam("beginning", type_=Text)
# What waits under a key would be unreadable when its turn comes; it answers what somebody did in the last moments.
WITHDRAW = (
    update(outbox)
    .where(
        IN_QUEUE,
        outbox.c.state == State.QUEUED.value,
        type_coerce(outbox.c.body, Text).startswith(BEGINNING),
    )
    .values(
        state=State.WITHDRAWN.value, done_at=bindparam("ended", EPOCH, type_=outbox.c.done_at.type)
    )  # for retention
)

FORGET_DRAFTS = delete(drafts).where(type_coerce(drafts.c.entries, Text).startswith(BEGINNING))


class Encryption:
    """See `domain.messaging.encryption.Encryption`."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self.connection = connection
        self.keyring = keyring

    def new_key(self) -> KeyId:
        """Make a key. Raises StoreError."""
        key = self.keyring.make()
        self.connection.execute(ADD, {"id": key, "destroyed": False})
        return key

    def destroy(self, key: KeyId) -> None:
        """Destroy a key once the transaction is committed, and release the chats under it."""
        self._release(key)
        self.connection.execute(DOOM, {"key": key})
        self.keyring.destroy(key)

    def _release(self, key: KeyId) -> None:
        self.connection.execute(RELEASE, {"key": key})
        beginning = {"beginning": f'{{"{BODY}":"{MARK}{key}:'}
        self.connection.execute(WITHDRAW, beginning)
        self.connection.execute(FORGET_DRAFTS, beginning)

    def is_there(self, key: KeyId) -> bool:
        """Whether what was written under a key can be read. Raises StoreError."""
        return self.keyring.find(key) is not None

    def begin(self, chat: ChatId, key: KeyId) -> None:
        """Put a chat under a key, in place of another one."""
        lane = self.connection.execute(LANE, {"chat": chat}).scalar_one()
        row = {"chat_id": chat, "lane": lane, "key_id": key}
        self.connection.execute(BEGIN, {**row, "new_lane": lane, "new_key": key})

    def end(self, chat: ChatId) -> None:
        """Release a chat."""
        self.connection.execute(END, {"chat": chat})

    def sweep(self) -> None:
        """Destroy the keys that are still there although their destruction was committed. Raises StoreError."""
        for key in self._named(destroyed=True) & self.keyring.keys.all():
            self.keyring.destroy(key)

    def give_up_lost(self) -> int:
        """Release the chats under keys that are lost; how many keys. Raises StoreError."""
        lost = self._named(destroyed=False) - self.keyring.keys.all()
        for key in lost:
            self._release(key)
        return len(lost)

    def _named(self, *, destroyed: bool) -> frozenset[KeyId]:
        return frozenset(KeyId(key) for key in self.connection.execute(KEYS, {"gone": destroyed}).scalars())


FEATURE = Feature(
    tables=(encryption_keys, encrypted_chats),
    erase_chat=(delete(encrypted_chats).where(under.chat_id == ERASED),),
)
