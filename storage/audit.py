"""The audit log in the store."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from domain.audit import FIRST, Action, Record, Tip, cut
from domain.ids import MemberId
from storage.schema import audit

line = audit.c
RECORDS = select(
    line.id, line.at, line.actor_id, line.action, line.subject, line.old, line.new, line.previous, line.hash
)
TIP = select(line.id, line.hash).order_by(line.id.desc()).limit(1)
CHAIN = RECORDS.where(line.id > bindparam("after")).order_by(line.id).limit(bindparam("limit"))
BEFORE_ALL = -(2**63)  # the least number that both engines hold
ADD = insert(audit)
AT_ONCE = 1000  # rows


def to_record(row: Sequence[Any]) -> Record:
    """A row of RECORDS as the domain's."""
    id_, at, actor, action, subject, old, new, previous, hash_ = row
    return Record(id_, at, actor and MemberId(actor), action, subject, old, new, previous, hash_)


class Audit:
    """See `domain.audit.Audit`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def tip(self) -> Tip:
        """The end of the chain."""
        row = self.connection.execute(TIP).one_or_none()
        return Tip(*row) if row else Tip(0, FIRST)

    def note(
        self, actor: MemberId | None, action: Action, subject: str, *, old: str | None, new: str | None, at: datetime
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

    def chain(self) -> Iterator[Record]:
        """All records, oldest first."""
        after = BEFORE_ALL
        while rows := self.connection.execute(CHAIN, {"after": after, "limit": AT_ONCE}).all():
            yield from map(to_record, rows)
            after = rows[-1].id
