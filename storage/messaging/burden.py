"""Prompts that were put into the outbox."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, text

from domain.ids import ChatId, MemberId
from domain.messaging.burden import Pushed
from domain.messaging.delivery import Call, State
from storage.dialects import within
from storage.messaging.tables import outbox
from storage.people.member import members
from storage.people.membership import memberships

row = outbox.c
# As the partial index says it: SQLite uses one only where the statement has the index's own condition.
A_PROMPT = (
    text("NOT outbox.urgent"),
    row.action.in_((Call.SEND.value, Call.SEND_POLL.value)),
    row.state != State.WITHDRAWN.value,
    *within(row.put_at),
)
IN_IT = (memberships.c.left_at.is_(None), members.c.id == memberships.c.member_id)
THEIR_PRIVATE = select(members.c.private).where(
    *IN_IT, memberships.c.group_id == bindparam("group"), members.c.private.is_not(None)
)
IN_GROUP = select(func.count()).where(row.chat_id == bindparam("group"), *A_PROMPT)
OF_GROUP = select(
    IN_GROUP.scalar_subquery(),
    select(func.count()).where(row.chat_id.in_(THEIR_PRIVATE), *A_PROMPT).scalar_subquery(),
    select(func.count())
    .select_from(memberships)
    .where(memberships.c.group_id == bindparam("group"), memberships.c.left_at.is_(None))
    .scalar_subquery(),
)
WHERE_THEY_ARE = (
    select(memberships.c.group_id)
    .where(memberships.c.member_id == bindparam("member"), memberships.c.left_at.is_(None))
    .union_all(select(members.c.private).where(members.c.id == bindparam("member"), members.c.private.is_not(None)))
)
OF_MEMBER = select(func.count()).where(row.chat_id.in_(WHERE_THEY_ARE), *A_PROMPT)


class Burdens:
    """See `domain.messaging.burden.Burdens`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def in_group(self, group: ChatId, since: datetime, until: datetime) -> int:
        """What a group got between two moments."""
        return self.connection.execute(IN_GROUP, {"group": group, "since": since, "until": until}).scalar_one()

    def of_group(self, group: ChatId, since: datetime, until: datetime) -> Pushed:
        """What a group and its members got between two moments."""
        return Pushed(*self.connection.execute(OF_GROUP, {"group": group, "since": since, "until": until}).one())

    def of_member(self, member: MemberId, since: datetime, until: datetime) -> int:
        """What one person got."""
        return self.connection.execute(OF_MEMBER, {"member": member, "since": since, "until": until}).scalar_one()
