"""The audit log in the store."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    BindParameter,
    Column,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    bindparam,
    cast,
    event,
    func,
    insert,
    literal,
    or_,
    select,
)

from domain.admin.audit import AT_ONCE, FIRST, AuditAction, Record, Tip, Wanted, cut
from domain.admin.seal import Chain
from domain.ids import MemberId
from storage.admin.seal import Sealing, end_of
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import within
from storage.feature import MEMBER, PERSON, Feature, Personal
from storage.people.tables import people

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", Id, ForeignKey("members.id")),
    Column("action", String(32), nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("old", Text),
    Column("new", Text),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "actor_id", "id"),
)
# Only added to: the engine itself refuses to change a record or take one out.
ONLY_ADDED_TO = "the audit log is only added to"
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{change} BEFORE {change} ON audit BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED_TO}'); END"
        for change in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{ONLY_ADDED_TO}'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added_to()",
    ],
}
for engine, guards in GUARDS.items():
    for guard in guards:
        guarded = DDL(guard).execute_if(dialect=engine)  # type: ignore[no-untyped-call]  # it has no types
        event.listen(audit, "after_create", guarded)

line = audit.c
RECORDS = select(
    line.id, line.at, line.actor_id, line.action, line.subject, line.old, line.new, line.previous, line.hash
)
TIP = select(line.id, line.hash).order_by(line.id.desc()).limit(1)
CHAIN = RECORDS.where(line.id > bindparam("after")).order_by(line.id).limit(bindparam("limit"))
BEFORE_ALL = -(2**63)  # the least number that both engines hold
WHO: BindParameter[Any] = bindparam("person", type_=Id)
AS_SUBJECT, IN_SUBJECT = bindparam("as_subject", type_=String), bindparam("in_subject", type_=String)
ABOUT_THEM = or_(
    WHO == 0,
    line.actor_id == WHO,
    line.subject == AS_SUBJECT,
    line.subject.like(IN_SUBJECT),
    line.old == AS_SUBJECT,
    line.new == AS_SUBJECT,
    line.subject.in_(select(literal("person:") + cast(people.c.id, String)).where(people.c.member_id == WHO)),
)
SEARCH = (
    RECORDS.where(line.id < bindparam("before"), line.action.like(bindparam("kind")), *within(line.at), ABOUT_THEM)
    .order_by(line.id.desc())
    .limit(bindparam("limit"))
)
OF_KINDS = RECORDS.where(line.action.in_(bindparam("kinds", expanding=True))).order_by(line.id)
END = end_of(select(func.max(line.id)))
AFTER_ALL = 2**63 - 1  # the greatest number that both engines hold
ADD = insert(audit)


def to_record(row: Sequence[Any]) -> Record:
    """A row of RECORDS as the domain's."""
    id_, at, actor, action, subject, old, new, previous, hash_ = row
    return Record(id_, at, actor and MemberId(actor), action, subject, old, new, previous, hash_)


class Audit:
    """See `domain.admin.audit.Audit`."""

    def __init__(self, connection: Connection, sealing: Sealing | None = None) -> None:
        self.connection = connection
        self.sealing = sealing or Sealing()

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
        end = self.sealing.end(self.connection, Chain.AUDIT, END)
        tip = self.tip() if end is None else Tip(end.number, end.hash)
        record = Record(tip.number + 1, at, actor, action, subject, cut(old), cut(new), tip.hash)
        record = replace(record, hash=record.sealed(self.sealing.key if end else None))
        self._add(record)
        if end is not None:
            self.sealing.go_on(end, record.id, record.hash)

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

    def of_kinds(self, kinds: Collection[AuditAction]) -> list[Record]:
        """All records of some actions, oldest first."""
        return [to_record(row) for row in self.connection.execute(OF_KINDS, {"kinds": list(kinds)})]


OWN_RECORDS = (
    select(line.at, line.action, line.subject, line.old, line.new)
    .where(
        or_(
            line.actor_id == MEMBER,
            line.subject == literal("member:", Text).concat(cast(MEMBER, Text)),
            line.subject == literal("person:", Text).concat(cast(PERSON, Text)),
        )
    )
    .order_by(line.id)
)
FEATURE = Feature(
    tables=(audit,),
    personal=(Personal(900, "audit", OWN_RECORDS),),
    not_erased={"audit": "it names people by number only and cannot be changed"},
)
