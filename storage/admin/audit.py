"""The audit log in the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, String, bindparam, cast, insert, literal, or_, select

from domain.admin.audit import AT_ONCE, FIRST, AuditAction, Record, Tip, Wanted, cut
from domain.ids import MemberId
from storage.dialects import within
from storage.schema import Id, audit, people

line = audit.c
RECORDS = select(
    line.id, line.at, line.actor_id, line.action, line.subject, line.old, line.new, line.previous, line.hash
)
TIP = select(line.id, line.hash).order_by(line.id.desc()).limit(1)
CHAIN = RECORDS.where(line.id > bindparam("after")).order_by(line.id).limit(bindparam("limit"))
BEFORE_ALL = -(2**63)  # the least number that both engines hold
PERSON: BindParameter[Any] = bindparam("person", type_=Id)
AS_SUBJECT, IN_SUBJECT = bindparam("as_subject", type_=String), bindparam("in_subject", type_=String)
ABOUT_THEM = or_(
    PERSON == 0,
    line.actor_id == PERSON,
    line.subject == AS_SUBJECT,
    line.subject.like(IN_SUBJECT),
    line.old == AS_SUBJECT,
    line.new == AS_SUBJECT,
    line.subject.in_(select(literal("person:") + cast(people.c.id, String)).where(people.c.member_id == PERSON)),
)
SEARCH = (
    RECORDS.where(line.id < bindparam("before"), line.action.like(bindparam("kind")), *within(line.at), ABOUT_THEM)
    .order_by(line.id.desc())
    .limit(bindparam("limit"))
)
AFTER_ALL = 2**63 - 1  # the greatest number that both engines hold
ADD = insert(audit)


def to_record(row: Sequence[Any]) -> Record:
    """A row of RECORDS as the domain's."""
    id_, at, actor, action, subject, old, new, previous, hash_ = row
    return Record(id_, at, actor and MemberId(actor), action, subject, old, new, previous, hash_)


class Audit:
    """See `domain.admin.audit.Audit`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def tip(self) -> Tip:
        """The end of the chain."""
        row = self.connection.execute(TIP).one_or_none()
        return Tip(*row) if row else Tip(0, FIRST)

    def note(
        self,
        actor: MemberId | None,
        action: AuditAction,
        subject: str,
        *,
        old: str | None,
        new: str | None,
        at: datetime,
    ) -> None:
        """Add a record, in the transaction of what it is about.

        Two that begin at once would take the same number: the key lets one of them in, and the other runs again.
        """
        tip = self.tip()
        record = Record(tip.number + 1, at, actor, action, subject, cut(old), cut(new), tip.hash)
        self._add(replace(record, hash=record.sealed()))

    def _add(self, record: Record) -> None:
        self.connection.execute(
            ADD,
            {
                "id": record.id,
                "at": record.at,
                "actor_id": record.actor,
                "action": record.action,
                "subject": record.subject,
                "old": record.old,
                "new": record.new,
                "previous": record.previous,
                "hash": record.hash,
            },
        )

    def search(self, wanted: Wanted, span: tuple[datetime, datetime], before: int | None, limit: int) -> list[Record]:
        """Records between two moments, numbered less than `before`, newest first."""
        about = f"member:{wanted.person}"
        values = {
            "person": wanted.person or 0,
            "as_subject": about,
            "in_subject": f"% {about}",
            "kind": f"{wanted.kind}.%" if wanted.kind else "%",
            "since": span[0],
            "until": span[1],
            "before": AFTER_ALL if before is None else before,
            "limit": limit,
        }
        return [to_record(row) for row in self.connection.execute(SEARCH, values)]

    def chain(self, after: int = 0, most: int = AT_ONCE) -> list[Record]:
        """Records behind a number, oldest first; what has been put before the first one is among them."""
        start = {"after": after or BEFORE_ALL, "limit": most}
        return [to_record(row) for row in self.connection.execute(CHAIN, start)]
