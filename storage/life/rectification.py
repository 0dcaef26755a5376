"""Findings and their rounds in the store."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    Select,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import BranchId, ChatId, FindingId, MemberId, TaskId
from domain.life.rectification.model import BEGUN, Entry, Finding, Round, Source, State
from domain.work.task import State as TaskState
from storage.base import Id
from storage.columns import Moment
from storage.feature import GROUP, MEMBER
from storage.life.rectification_rows import of_round, to_entry, to_finding, to_round
from storage.life.rectification_tables import finding_rounds, findings
from storage.people.member import members
from storage.prepared import Prepared
from storage.work.task_tables import tasks

finding, its = findings.c, finding_rounds.c
NUMBER = bindparam("finding", type_=Id)
ITS_TASK = finding_rounds.outerjoin(tasks, tasks.c.id == its.batch)
# While its task is under way, its deadline and owner are those of the task, and a result that waits is ready.
DUE_AT = func.coalesce(case((its.closed_at.is_(None), tasks.c.due_at)), its.due_at)
OWNER = func.coalesce(case((its.closed_at.is_(None), tasks.c.owner_id)), its.owner_id)
READY_AT = func.coalesce(its.rectified_at, case((tasks.c.state == TaskState.SUBMITTED.value, tasks.c.submitted_at)))
ROUND = (
    its.number,
    its.opened_at,
    DUE_AT.label("due_at"),
    its.last_at,
    its.cause,
    its.measure,
    its.planned_by,
    its.planned_at,
    its.batch,
    OWNER.label("owner_id"),
    READY_AT.label("rectified_at"),
    its.closed_at,
    its.closed_by,
    its.look_on,
    its.asked_at,
    its.looked_at,
    its.holds,
    its.note,
    its.escalated_at,
)
WITH_ROUND = findings.join(finding_rounds, its.finding_id == finding.id).outerjoin(tasks, tasks.c.id == its.batch)
ALL: Select[Any] = (
    select(*(one for one in finding if one.name not in {"round", "key"}), *ROUND)
    .select_from(WITH_ROUND)
    .where(its.number == finding.round)
)
IS_BEGUN = finding.state.in_(sorted(one.value for one in BEGUN))
IS_CLOSED = finding.state == State.CLOSED.value
IN_GROUPS = finding.group_id.in_(bindparam("groups", expanding=True))
IN_BRANCHES = finding.branch_id.in_(bindparam("branches", expanding=True))
GET, OPENED_BY = ALL.where(finding.id == NUMBER), ALL.where(finding.key == bindparam("opened_with"))
ALL_BEGUN = ALL.where(IS_BEGUN).order_by(finding.id)
BEGUN_IN = ALL_BEGUN.where(or_(IN_GROUPS, IN_BRANCHES))
UNPLANNED = ALL.where(finding.state == State.OPEN.value, its.escalated_at.is_(None)).order_by(finding.id)
NEWEST_IN = ALL.where(IN_GROUPS).order_by(finding.id.desc()).limit(bindparam("most"))
OWNED = select(tasks.c.batch).where(tasks.c.owner_id == MEMBER, tasks.c.withdrawn_at.is_(None))
MINE = (
    ALL.where(IS_BEGUN, or_(finding.finder_id == MEMBER, finding.verifier_id == MEMBER, its.batch.in_(OWNED)))
    .order_by(finding.id)
    .limit(bindparam("most"))
)
OF_TASK = ALL.where(its.batch == bindparam("task", type_=Id))
OF_SOURCE = ALL.where(
    finding.source == bindparam("came_from"),
    finding.about == bindparam("about", type_=Id),
    finding.state != State.DROPPED.value,
).order_by(finding.id)
TO_LOOK = ALL.where(IS_CLOSED, its.look_on <= bindparam("day", type_=Date), its.asked_at.is_(None)).order_by(finding.id)
ASKED_OF = ALL.where(
    IS_CLOSED, finding.verifier_id == MEMBER, its.asked_at.is_not(None), its.looked_at.is_(None)
).order_by(finding.id)
VERIFIED_BY = ALL.where(
    finding.verifier_id == MEMBER, or_(IS_BEGUN, IS_CLOSED & its.looked_at.is_(None) & its.look_on.is_not(None))
).order_by(finding.id)
ROUNDS = select(*ROUND).select_from(ITS_TASK).where(its.finding_id == NUMBER).order_by(its.number)
ADD = insert(findings).returning(finding.id)
ADD_ROUND = insert(finding_rounds)
CHANGED = ("branch_id", "verifier_id", "state", "round", "reason")
SAVE = update(findings).where(finding.id == NUMBER).values({one: bindparam(f"new_{one}") for one in CHANGED})
OF_ROUND = tuple(one.name for one in its if one.name not in {"id", "finding_id", "number", "opened_at"})
SAVE_ROUND = (
    update(finding_rounds)
    .where(its.finding_id == NUMBER, its.number == bindparam("which"))
    .values({one: bindparam(f"new_{one}", type_=its[one].type) for one in OF_ROUND})
)
MOVE = (
    update(findings)
    .where(finding.group_id == bindparam("of_group", type_=Id), IS_BEGUN)
    .values(branch_id=bindparam("to_branch", type_=Id))
)
GROUPS_WITH = (
    select(finding.group_id)
    .distinct()
    .where(finding.branch_id == bindparam("branch", type_=Id), IS_BEGUN)
    .order_by(finding.group_id)
)
IN_SPAN = (
    finding.state != State.DROPPED.value,
    its.opened_at < bindparam("until", type_=Moment),
    or_(its.closed_at.is_(None), its.closed_at >= bindparam("since", type_=Moment)),
)
OF_GROUP = Prepared(ALL.where(finding.group_id == GROUP, *IN_SPAN).order_by(finding.id))
ENTRIES = (
    select(
        finding.id,
        finding.branch_id,
        finding.group_id,
        finding.kind,
        finding.source,
        finding.title,
        finding.item,
        func.coalesce(members.c.name, ""),
        *ROUND,
    )
    .select_from(WITH_ROUND.outerjoin(members, members.c.id == OWNER))
    .where(
        *IN_SPAN,
    )
    .order_by(finding.id, its.number)
)
ENTRIES_OF = ENTRIES.where(or_(IN_BRANCHES, IN_GROUPS))
HAND_OVER = tuple(
    update(table)
    .where(table.c[column] == bindparam("giver_up", type_=Id))
    .values({column: bindparam("now_of", type_=Id)})
    for table, column in (
        (findings, "finder_id"),
        (findings, "verifier_id"),
        (finding_rounds, "planned_by"),
        (finding_rounds, "owner_id"),
        (finding_rounds, "closed_by"),
    )
)


class Findings:
    """See `domain.life.rectification.model.Findings`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Finding]:
        return [to_finding(row) for row in self.connection.execute(statement, values).all()]

    def _one(self, statement: Any, **values: Any) -> Finding | None:
        return next(iter(self._all(statement, **values)), None)

    def add(self, finding: Finding, key: str) -> Finding:
        """Remember a finding with its first round; its id is given now."""
        values = {
            "group_id": finding.group,
            "branch_id": finding.branch,
            "title": finding.title,
            "detail": finding.detail,
            "kind": finding.kind,
            "source": finding.source,
            "about": finding.about,
            "item": finding.item,
            "finder_id": finding.finder,
            "verifier_id": finding.verifier,
            "found_at": finding.found_at,
            "state": finding.state,
            "round": finding.round.number,
            "reason": finding.reason,
            "key": key,
            "file_kind": None if finding.file is None else finding.file.kind.value,
            "file_id": None if finding.file is None else finding.file.id,
        }
        made = replace(finding, id=FindingId(self.connection.execute(ADD, values).scalar_one()))
        self._add_round(made)
        return made

    def _add_round(self, finding: Finding) -> None:
        one = finding.round
        values = {"finding_id": finding.id, "number": one.number, "opened_at": one.opened_at, **of_round(one)}
        self.connection.execute(ADD_ROUND, values)

    def opened_by(self, key: str) -> Finding | None:
        """The finding that was opened with a key."""
        return self._one(OPENED_BY, opened_with=key)

    def get(self, number: FindingId) -> Finding | None:
        """One finding."""
        return self._one(GET, finding=number)

    def save(self, finding: Finding) -> None:
        """Remember what has changed about a finding and its last round; a round that is new is added."""
        values = {
            "finding": finding.id,
            "new_branch_id": finding.branch,
            "new_verifier_id": finding.verifier,
            "new_state": finding.state,
            "new_round": finding.round.number,
            "new_reason": finding.reason,
        }
        self.connection.execute(SAVE, values)
        changed = {f"new_{name}": value for name, value in of_round(finding.round).items()}
        where = {"finding": finding.id, "which": finding.round.number}
        if not self.connection.execute(SAVE_ROUND, {**where, **changed}).rowcount:
            self._add_round(finding)

    def rounds(self, number: FindingId) -> list[Round]:
        """All rounds of a finding, the oldest first."""
        return [to_round(row) for row in self.connection.execute(ROUNDS, {"finding": number}).all()]

    def begun_in(
        self, groups: Collection[ChatId], branches: Collection[BranchId] | None = frozenset()
    ) -> list[Finding]:
        """Findings of some groups and branches, or of all, that are neither closed nor dropped, by number."""
        if branches is None:
            return self._all(ALL_BEGUN)
        return self._all(BEGUN_IN, groups=list(groups), branches=list(branches))

    def unplanned(self) -> list[Finding]:
        """All findings for which nobody has said what is done, and of which the next level has not heard, by number."""
        return self._all(UNPLANNED)

    def newest_in(self, groups: Collection[ChatId], limit: int) -> list[Finding]:
        """Findings of groups, the newest first."""
        return self._all(NEWEST_IN, groups=list(groups), most=limit)

    def in_span(self, group: ChatId, since: datetime, until: datetime) -> list[Finding]:
        """A group's findings whose last round was open at some time between two moments, by number."""
        rows = OF_GROUP(self.connection, {"group": group, "since": since, "until": until})
        return list(map(to_finding, rows))

    def mine(self, member: MemberId, limit: int) -> list[Finding]:
        """What somebody rectifies, verifies or has found and is not over, by number."""
        return self._all(MINE, member=member, most=limit)

    def of_task(self, batch: TaskId) -> Finding | None:
        """The finding whose last round has a task."""
        return self._one(OF_TASK, task=batch)

    def of_source(self, source: Source, about: int) -> list[Finding]:
        """What came from something, by number; without what was taken back."""
        return self._all(OF_SOURCE, came_from=source.value, about=about)

    def to_look(self, day: date) -> list[Finding]:
        """Closed findings whose look back is due on a day and was not asked for, by number."""
        return self._all(TO_LOOK, day=day)

    def asked_of(self, verifier: MemberId) -> list[Finding]:
        """Closed findings that somebody was asked to look back at, and has not answered, by number."""
        return self._all(ASKED_OF, member=verifier)

    def verified_by(self, member: MemberId) -> list[Finding]:
        """Findings that somebody is to verify or to look back at, by number."""
        return self._all(VERIFIED_BY, member=member)

    def groups_with(self, branch: BranchId) -> list[ChatId]:
        """The groups in which a branch has findings that are not closed."""
        return [ChatId(one) for one in self.connection.execute(GROUPS_WITH, {"branch": branch}).scalars().all()]

    def move(self, group: ChatId, branch: BranchId | None) -> None:
        """What is not closed in a group belongs to another branch from now on."""
        self.connection.execute(MOVE, {"of_group": group, "to_branch": branch})

    def entries(
        self,
        since: datetime,
        until: datetime,
        branches: Collection[BranchId] | None,
        groups: Collection[ChatId] = (),
    ) -> list[Entry]:
        """Rounds that were open at some time between two moments, by finding and round."""
        values: dict[str, Any] = {"since": since, "until": until}
        if branches is None:
            rows = self.connection.execute(ENTRIES, values).all()
        else:
            of = {"branches": list(branches), "groups": list(groups)}
            rows = self.connection.execute(ENTRIES_OF, {**values, **of}).all()
        return [to_entry(row) for row in rows]

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything that one member has to do with to another, who is the same person."""
        for statement in HAND_OVER:
            self.connection.execute(statement, {"giver_up": giver_up, "now_of": owner})
