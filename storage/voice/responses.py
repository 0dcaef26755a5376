"""What is answered in rounds, as plain rows; and keys that encrypt nothing.

This is enough to ask and to answer. It keeps no promise of confidence against somebody with the store's files.
"""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    select,
    update,
)

from domain.ids import BranchId, ChatId, MemberId
from domain.messaging.encryption import KeyId
from domain.voice.questionnaire.data import of_response, to_response
from domain.voice.questionnaire.model import Response
from domain.voice.questionnaire.round import Confidence, Progress, Returned, Round
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import upsert
from storage.feature import MEMBER, Feature, Personal
from storage.voice.questionnaire import rounds

responses = Table(
    "plain_responses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, ForeignKey("rounds.id"), nullable=False),
    Column("member_id", Id, ForeignKey("members.id")),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("progress", String(16), nullable=False),
    Column("body", Json, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("round_id", "member_id"),
)

row = responses.c
OWN = (row.round_id == bindparam("round"), row.member_id == bindparam("member"))
DRAFT = select(row.body).where(*OWN)
PROGRESS = select(row.progress).where(*OWN)
KEEP = upsert(
    responses,
    ("round_id", "member_id"),
    body=bindparam("new_body", type_=row.body.type),
    at=bindparam("new_at", type_=row.at.type),
)
SUBMIT = update(responses).where(*OWN).values(progress=Progress.SUBMITTED, branch_id=bindparam("new_branch"))
OF_ROUND = row.round_id == bindparam("round")
SUBMITTED = select(row.member_id).where(OF_ROUND, row.progress == Progress.SUBMITTED, row.member_id.is_not(None))
RETURNED = select(row.body, row.branch_id, row.member_id).where(OF_ROUND, row.progress == Progress.SUBMITTED)
DROP_BEGUN = delete(responses).where(OF_ROUND, row.progress == Progress.BEGUN)
FORGET = delete(responses).where(OF_ROUND)


class Responses:
    """See `domain.voice.questionnaire.round.Responses`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def draft(self, one: Round, member: MemberId) -> Response:
        """What a member has answered so far, submitted or not."""
        kept = self.connection.execute(DRAFT, {"round": one.id, "member": member}).scalar_one_or_none()
        return {} if kept is None else to_response(one.questionnaire, kept)

    def progress(self, one: Round, member: MemberId) -> Progress | None:
        """How far a member is."""
        known = self.connection.execute(PROGRESS, {"round": one.id, "member": member}).scalar_one_or_none()
        return None if known is None else Progress(known)

    def keep(self, one: Round, member: MemberId, response: Response, at: datetime) -> None:
        """Remember what a member has answered so far."""
        body = of_response(response)
        values = {"round_id": one.id, "member_id": member, "progress": Progress.BEGUN, "body": body, "at": at}
        self.connection.execute(KEEP, {**values, "new_body": body, "new_at": at})

    def submit(self, one: Round, member: MemberId, branch: BranchId | None, at: datetime) -> None:
        """Count what a member has answered."""
        self.connection.execute(SUBMIT, {"round": one.id, "member": member, "new_branch": branch})

    def submitted(self, one: Round) -> set[MemberId]:
        """Who has submitted."""
        return {MemberId(known) for known in self.connection.execute(SUBMITTED, {"round": one.id}).scalars()}

    def returned(self, one: Round) -> Sequence[Returned]:
        """All submitted responses."""
        if one.confidence is Confidence.ANONYMOUS and one.closed_at is None:
            return []
        return [self._returned(one, *found) for found in self.connection.execute(RETURNED, {"round": one.id})]

    @staticmethod
    def _returned(one: Round, body: Any, branch: int | None, member: int | None) -> Returned:
        named = member is not None and one.confidence is Confidence.NAMED
        return Returned(
            to_response(one.questionnaire, body),
            None if branch is None else BranchId(branch),
            MemberId(member) if named and member is not None else None,
        )

    def close(self, one: Round) -> None:
        """Make what was answered final."""
        self.connection.execute(DROP_BEGUN, {"round": one.id})

    def forget(self, one: Round) -> None:
        """Remove all that was answered."""
        self.connection.execute(FORGET, {"round": one.id})


class Encryption:
    """See `domain.messaging.encryption.Encryption`; nothing is encrypted."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def new_key(self) -> KeyId:
        """Make a key."""
        return KeyId(token_hex(8))

    def destroy(self, key: KeyId) -> None:
        """Destroy a key."""

    def begin(self, chat: ChatId, key: KeyId) -> None:
        """Put a chat under a key."""

    def end(self, chat: ChatId) -> None:
        """Release a chat."""


OWN_RESPONSES = (
    select(rounds.c.title, row.progress, row.body.label("answer"), row.at)
    .join(rounds, rounds.c.id == row.round_id)
    .where(row.member_id == MEMBER)
    .order_by(row.round_id)
)
FEATURE = Feature(
    tables=(responses,),
    personal=(Personal(440, "plain_responses", OWN_RESPONSES, texts="questionnaire"),),
    not_erased={"plain_responses": "kept under a number: results stay what they were"},
)
