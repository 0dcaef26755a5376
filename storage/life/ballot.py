"""Secret ballots in the store: who has voted in one table, what was voted in another. See docs/anonymity.md."""

import secrets
from collections.abc import Collection

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from domain.ids import DecisionId
from domain.life.meeting.quorum import Choice
from domain.messaging.encryption import KeyId
from storage.base import Id, metadata
from storage.cipher import Cipher, key_of
from storage.dialects import upsert
from storage.feature import MEMBER, PERSON, Feature, Personal, subject
from storage.keys import Keyring
from storage.life.decision import VOTING, decision, meeting_decisions
from storage.life.meeting_tables import meeting_people
from storage.messaging.encryption import Encryption
from storage.messaging.tables import encryption_keys

ballot_keys = Table(
    "ballot_keys",
    metadata,
    Column("decision_id", Id, ForeignKey("meeting_decisions.id"), primary_key=True, autoincrement=False),
    Column("key_id", String(32), ForeignKey("encryption_keys.id"), nullable=False),
)
# Without a row id, lines lie by voter, not by when they voted. `body` is the encrypted ballot until the vote ends.
ballot_voters = Table(
    "ballot_voters",
    metadata,
    Column("decision_id", Id, ForeignKey("meeting_decisions.id"), primary_key=True),
    Column("voter_id", Id, ForeignKey("meeting_people.id"), primary_key=True, index=True),
    Column("body", Text),
    sqlite_with_rowid=False,
)
# Written at once when the vote ends; no column says when or in what order: ballots lie by their random keys.
ballots = Table(
    "ballots",
    metadata,
    Column("decision_id", Id, ForeignKey("meeting_decisions.id"), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("choice", String(16), nullable=False),
    sqlite_with_rowid=False,
)

voter, there = ballot_voters.c, meeting_people.c
NUMBER = bindparam("decision", type_=Id)
KEY = (
    select(ballot_keys.c.key_id, encryption_keys.c.destroyed)
    .join(encryption_keys)
    .where(ballot_keys.c.decision_id == NUMBER)
)
PUT_KEY = upsert(ballot_keys, ("decision_id",), key_id=bindparam("new_key"))
CAST = upsert(ballot_voters, ("decision_id", "voter_id"), body=bindparam("new_body"))
CASTS = select(voter.voter_id, voter.body).where(voter.decision_id == NUMBER)
PARTED = update(ballot_voters).where(voter.decision_id == NUMBER).values(body=None)
DROP = delete(ballot_voters).where(voter.decision_id == NUMBER, voter.voter_id == bindparam("voter", type_=Id))
DROP_ALL = delete(ballot_voters).where(voter.decision_id == NUMBER)
ADD = insert(ballots)
CHOICES = select(ballots.c.choice).where(ballots.c.decision_id == NUMBER).order_by(ballots.c.key)

ABOUT, ROOM = "ballot", 32  # what is encrypted is for; bytes that every choice takes
SHUFFLE = secrets.SystemRandom().shuffle


class Ballots:
    """See `domain.life.meeting.ballots.Ballots`."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self.connection = connection
        self.cipher = Cipher(keyring)
        self.encryption = Encryption(connection, keyring)

    def key(self, decision: DecisionId) -> KeyId:
        """The key of a vote; a new one where it was lost. Raises ValueError once it is closed, StoreError."""
        row = self.connection.execute(KEY, {"decision": decision}).one_or_none()
        found, destroyed = row or (None, False)
        if destroyed:
            raise ValueError(f"vote {decision} is over")
        if found is None or not self.cipher.has(found):
            found = self.encryption.new_key()
            self.connection.execute(PUT_KEY, {"decision_id": decision, "key_id": found, "new_key": found})
        return KeyId(found)

    def cast(self, decision: DecisionId, voter: int, choice: Choice) -> None:
        """Keep somebody's ballot; every one takes the same room."""
        body = self.cipher.encrypt(self.key(decision), choice.value, ABOUT, ROOM)
        self.connection.execute(CAST, {"decision_id": decision, "voter_id": voter, "body": body, "new_body": body})

    def voted(self, decision: DecisionId) -> set[int]:
        """Who has voted; not those whose ballots are lost."""
        rows = self.connection.execute(CASTS, {"decision": decision})
        return {who for who, body in rows if body is None or self.cipher.has(key_of(body))}

    def close(self, decision: DecisionId, valid: Collection[int]) -> None:
        """Put the ballots of some voters apart from them, shuffled; others are thrown away. The key is destroyed."""
        rows = self.connection.execute(CASTS, {"decision": decision}).all()
        read = {who: self.cipher.decrypt(body, ABOUT) for who, body in rows if who in valid and body is not None}
        found = {who: choice for who, choice in read.items() if choice is not None}
        for who, _ in rows:
            if who not in found:
                self.connection.execute(DROP, {"decision": decision, "voter": who})
        self._part(decision, list(found.values()))
        self._destroy(decision, {key_of(body) for _, body in rows if body is not None})

    def _part(self, decision: DecisionId, choices: list[str]) -> None:
        self.connection.execute(PARTED, {"decision": decision})
        SHUFFLE(choices)
        if choices:
            self.connection.execute(
                ADD, [{"decision_id": decision, "key": secrets.token_hex(16), "choice": one} for one in choices]
            )

    def _destroy(self, decision: DecisionId, keys: set[KeyId]) -> None:
        row = self.connection.execute(KEY, {"decision": decision}).one_or_none()
        for key in keys | ({KeyId(row[0])} if row else set()):
            self.encryption.destroy(key)

    def forget(self, decision: DecisionId) -> None:
        """Throw away all ballots of a vote, and its key."""
        rows = self.connection.execute(CASTS, {"decision": decision}).all()
        self.connection.execute(DROP_ALL, {"decision": decision})
        self._destroy(decision, {key_of(body) for _, body in rows if body is not None})

    def choices(self, decision: DecisionId) -> list[Choice]:
        """The ballots of a vote that was closed, in no order."""
        return [Choice(one) for one in self.connection.execute(CHOICES, {"decision": decision}).scalars()]


OWN = (
    select(decision.title, decision.begun_at)
    .select_from(
        ballot_voters.join(meeting_decisions, decision.id == voter.decision_id).join(
            meeting_people, there.id == voter.voter_id
        )
    )
    .where(or_(there.member_id == MEMBER, there.person_id == PERSON))
    .order_by(decision.id)
)
FEATURE = Feature(
    tables=(ballot_keys, ballot_voters, ballots),
    personal=(Personal(337, "ballots_cast", OWN, texts="decision"),),
    open_subjects=(
        select(subject("ballot:", decision.id, ":", there.id))
        .select_from(meeting_people.join(meeting_decisions, decision.meeting_id == there.meeting_id))
        .where(VOTING),
    ),
)
