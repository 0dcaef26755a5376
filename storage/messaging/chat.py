"""Chats in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
    true,
    update,
)

from domain.ids import BranchId, ChatId, MemberId
from domain.messaging import chat as model
from domain.messaging.chat import NOTICE, Admission, Chat, ChatKind, ChatProfile, Locale
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import Feature, subject
from storage.messaging.tables import encrypted_chats
from storage.prepared import Prepared

chats = Table(
    "chats",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform_id", BigInteger, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("met_at", Moment, nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id"), index=True),
    Column("admission", String(16), nullable=False, server_default=Admission.PENDING.value),
    Column("admission_at", Moment),
    Column("admission_by", BigInteger),  # a member's number; without a foreign key, since members refer to chats
)

UNDER = (
    select(encrypted_chats.c.key_id)
    .where(encrypted_chats.c.chat_id == chats.c.id)
    .correlate(chats)
    .scalar_subquery()
    .label("under")
)
COLUMNS = (
    chats.c.id,
    chats.c.platform_id,
    chats.c.kind,
    chats.c.title,
    chats.c.zone,
    chats.c.language,
    chats.c.active,
    chats.c.branch_id,
    chats.c.admission,
    chats.c.admission_at,
    UNDER,
)
# A group in which the bot does its work.
ADMITTED = (chats.c.kind == ChatKind.GROUP.value, chats.c.active, chats.c.admission == Admission.ADMITTED.value)
GET = Prepared(select(*COLUMNS).where(chats.c.id == bindparam("chat")))
FIND = select(*COLUMNS).where(chats.c.platform_id == bindparam("platform_id"))
GROUPS = select(*COLUMNS).where(*ADMITTED).order_by(chats.c.id)
BOUND = select(*COLUMNS).where(chats.c.branch_id.is_not(None)).order_by(chats.c.id)
WAITING = (
    select(*COLUMNS)
    .where(chats.c.kind == ChatKind.GROUP.value, chats.c.active, chats.c.admission == Admission.PENDING.value)
    .order_by(chats.c.id.desc())
    .limit(bindparam("most"))
)
DECIDE = (
    update(chats)
    .where(chats.c.id == bindparam("chat"), chats.c.admission == bindparam("was"))
    .values(
        admission=bindparam("new_admission"),
        admission_at=bindparam("at", type_=chats.c.admission_at.type),
        admission_by=bindparam("by", type_=chats.c.admission_by.type),
    )
)
DECIDED_BY = select(chats.c.admission_by).where(chats.c.id == bindparam("chat"))
OF_BRANCH = select(*COLUMNS).where(chats.c.branch_id == bindparam("branch")).order_by(chats.c.id)
SET_PRIVATE_ZONE = update(chats).where(chats.c.kind == ChatKind.PRIVATE.value).values(zone=bindparam("new_zone"))
ADD = insert(chats).returning(chats.c.id)
SAVE = (
    update(chats)
    .where(chats.c.id == bindparam("chat"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("platform_id", "kind", "title", "zone", "language", "active", "branch_id")
        }
    )
)


def to_chat(row: Sequence[Any]) -> Chat:
    """A row of COLUMNS as the domain's."""
    id_, platform_id, kind, title, zone, language, active, branch, admission, admission_at, under = row
    return Chat(
        ChatId(id_),
        platform_id,
        ChatKind(kind),
        title,
        zone,
        language,
        active,
        None if branch is None else BranchId(branch),
        Admission(admission),
        admission_at,
        under,
    )


class Chats:
    """See `domain.messaging.chat.Chats`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, chat: ChatId) -> Chat:
        """One chat."""
        (row,) = GET(self.connection, {"chat": chat})
        return to_chat(row)

    def look_up(self, chat: ChatId) -> Chat | None:
        """One chat, if there is such a one."""
        row = next(iter(GET(self.connection, {"chat": chat})), None)
        return to_chat(row) if row else None

    def find(self, platform_id: int) -> Chat | None:
        """The chat with the platform's id."""
        row = self.connection.execute(FIND, {"platform_id": platform_id}).one_or_none()
        return to_chat(row) if row else None

    def add(self, profile: ChatProfile, locale: Locale, at: datetime) -> Chat:
        """Remember a chat that was not known."""
        values = {
            "platform_id": profile.platform_id,
            "kind": profile.kind,
            "title": profile.title,
            "zone": locale.zone,
            "language": locale.language,
            "active": True,
            "admission": model.UNASKED,
            "admission_at": at,
        }
        id_ = self.connection.execute(ADD, {**values, "met_at": at}).scalar_one()
        return self.get(ChatId(id_))

    def save(self, chat: Chat) -> None:
        """Remember what has changed about a chat."""
        self.connection.execute(
            SAVE,
            {
                "chat": chat.id,
                "new_platform_id": chat.platform_id,
                "new_kind": chat.kind,
                "new_title": chat.title,
                "new_zone": chat.zone,
                "new_language": chat.language,
                "new_active": chat.active,
                "new_branch_id": chat.branch,
            },
        )

    def set_private_zone(self, zone: str) -> None:
        """Private chats are on the enterprise's clock."""
        self.connection.execute(SET_PRIVATE_ZONE, {"new_zone": zone})

    def decide(self, chat: Chat, admission: Admission, by: MemberId | None, at: datetime) -> bool:
        """Change whether a group is admitted; false where others were first."""
        values = {"chat": chat.id, "was": chat.admission, "new_admission": admission, "by": by, "at": at}
        return self.connection.execute(DECIDE, values).rowcount == 1

    def decided_by(self, chat: ChatId) -> MemberId | None:
        """Who has decided whether a group is admitted."""
        by = self.connection.execute(DECIDED_BY, {"chat": chat}).scalar_one()
        return None if by is None else MemberId(by)

    def waiting(self, most: int) -> list[Chat]:
        """The active groups that wait to be admitted, the newest first."""
        return [to_chat(row) for row in self.connection.execute(WAITING, {"most": most})]

    def groups(self) -> list[Chat]:
        """All active groups that are admitted."""
        return [to_chat(row) for row in self.connection.execute(GROUPS)]

    def bound(self) -> list[Chat]:
        """All chats that are a branch's."""
        return [to_chat(row) for row in self.connection.execute(BOUND)]

    def of_branch(self, branch: BranchId) -> list[Chat]:
        """The groups that are bound to a branch itself."""
        return [to_chat(row) for row in self.connection.execute(OF_BRANCH, {"branch": branch})]


WAITS = (chats.c.kind == ChatKind.GROUP.value, chats.c.active, chats.c.admission == Admission.PENDING.value)
ASKED = select(subject("admission:", chats.c.id)).where(*WAITS)
TOLD = select(subject(f"{NOTICE}:", chats.c.id)).where(*WAITS)
FEATURE = Feature(tables=(chats,), open_subjects=(ASKED, TOLD))
