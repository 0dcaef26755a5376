"""Goals in the store."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    func,
    insert,
    literal,
    select,
    update,
)

from domain.ids import GoalId, MemberId
from domain.people.permission import Area
from domain.work.goal.model import Counted, Goal, GoalState, Report, Version
from domain.work.task import LinkKind
from storage.base import Id
from storage.dialects import count_if
from storage.feature import MEMBER, Feature, Personal
from storage.people.member import columns, members
from storage.work.goal_rows import OWN, columns_of, said_of, some_member, to_goal, to_home, to_version
from storage.work.goal_tables import goal_reports, goal_versions, goals
from storage.work.task_history import links
from storage.work.task_rows import task
from storage.work.task_tables import tasks

goal, report, version = goals.c, goal_reports.c, goal_versions.c
owners, writers = members.alias("owners"), members.alias("writers")
GOALS: Select[Any] = select(*OWN, *columns(owners)).outerjoin(owners, owners.c.id == goal.owner_id)
NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)


def _below(start: ColumnElement[bool], name: str) -> CTE:
    """The goals that fulfil a condition and everything below them, as a table of ids, each once."""
    tree = select(goal.id).where(start).cte(name, recursive=True)
    return tree.union(select(goal.id).join(tree, goal.parent_id == tree.c.id))


def _in_tree(start: ColumnElement[bool], name: str) -> Select[Any]:
    tree = _below(start, name)
    return GOALS.join(tree, tree.c.id == goal.id).order_by(goal.id)


def _line() -> Select[Any]:
    start: Select[Any] = select(goal.id, goal.parent_id, literal(0).label("height")).where(goal.id == bindparam("goal"))
    line = start.cte("line", recursive=True)
    above = select(goal.id, goal.parent_id, line.c.height + 1).join(line, goal.id == line.c.parent_id)
    whole = line.union_all(above)
    return GOALS.join(whole, whole.c.id == goal.id).order_by(whole.c.height)


GET = GOALS.where(goal.id == bindparam("goal"))
TITLE = select(goal.title).where(goal.id == bindparam("goal"))
OF_BRANCH = _in_tree(goal.branch_id == bindparam("branch"), "of_branch")
OF_GROUP = _in_tree(goal.group_id == bindparam("group"), "of_group")
BELOW = _in_tree(goal.id == bindparam("goal"), "below")
ABOVE = _line()
CODED = GOALS.where(goal.code.in_(bindparam("codes", expanding=True))).order_by(goal.id)
ALL = GOALS.order_by(goal.id)
HOMES = select(goal.branch_id, goal.group_id).where(goal.state == GoalState.OPEN.value).distinct()
OF_OWNER = GOALS.where(goal.owner_id == bindparam("owner"), goal.state == GoalState.OPEN.value).order_by(
    goal.due, goal.id
)
ADD = insert(goals).returning(goal.id)
SAVED = tuple(one.name for one in goals.columns if one.name != "id")
SAVE = update(goals).where(goal.id == bindparam("goal")).values({name: bindparam(f"new_{name}") for name in SAVED})
HAND_OVER = tuple(
    update(table).where(column == bindparam("giver_up")).values({column.name: bindparam("taker", type_=Id)})
    for table, column in (
        (goals, goal.owner_id),
        (goal_versions, version.owner_id),
        (goal_versions, version.by_id),
        (goal_reports, report.by_id),
    )
)
TASKS = (
    select(links.number, func.count(), count_if(task.done_at < bindparam("until")))
    .join(tasks, links.batch == task.batch)
    .where(
        links.kind == LinkKind.GOAL.value,
        links.number.in_(NUMBERS),
        task.withdrawn_at.is_(None),
        task.given_at < bindparam("until"),
    )
    .group_by(links.number)
)
LAST = (
    select(func.max(report.id))
    .where(report.goal_id.in_(NUMBERS), report.at < bindparam("until"))
    .group_by(report.goal_id)
)
VALUES = select(report.goal_id, report.value).where(report.id.in_(LAST))
REPORT = insert(goal_reports)
REPORTS = (
    select(report.goal_id, report.value, report.note, report.at, *columns(writers))
    .outerjoin(writers, writers.c.id == report.by_id)
    .where(report.goal_id == bindparam("goal"))
    .order_by(report.id)
)
NOTE = insert(goal_versions)
ALL_VERSIONS: Select[Any] = (
    select(
        version.goal_id,
        version.version,
        version.what,
        version.at,
        version.reason,
        version.said,
        *columns(owners),
        *columns(writers),
    )
    .outerjoin(owners, owners.c.id == version.owner_id)
    .outerjoin(writers, writers.c.id == version.by_id)
)
VERSIONS = ALL_VERSIONS.where(version.goal_id == bindparam("goal")).order_by(version.version)
ADJUSTED = ALL_VERSIONS.where(
    version.goal_id.in_(NUMBERS),
    version.version > 1,
    version.at >= bindparam("since"),
    version.at < bindparam("until"),
).order_by(version.at, version.goal_id, version.version)


class Goals:
    """See `domain.work.goal.model.Goals`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Goal]:
        return [to_goal(row) for row in self.connection.execute(statement, values)]

    def get(self, number: GoalId) -> Goal | None:
        """One goal."""
        return next(iter(self._all(GET, goal=number)), None)

    def title(self, number: GoalId) -> str | None:
        """A goal's title."""
        return self.connection.execute(TITLE, {"goal": number}).scalar_one_or_none()

    def add(self, goal: Goal) -> Goal:
        """Remember a new goal; its id is given now."""
        return replace(goal, id=GoalId(self.connection.execute(ADD, columns_of(goal)).scalar_one()))

    def save(self, goal: Goal) -> None:
        """Remember what has changed about a goal."""
        values = {f"new_{name}": value for name, value in columns_of(goal).items()}
        self.connection.execute(SAVE, {"goal": goal.id, **values})

    def of(self, home: Area) -> list[Goal]:
        """The goals of a home and all that stand below them, by number."""
        if home.branch is not None:
            return self._all(OF_BRANCH, branch=home.branch)
        return self._all(OF_GROUP, group=home.group)

    def below(self, number: GoalId) -> list[Goal]:
        """A goal and all that stand below it, by number."""
        return self._all(BELOW, goal=number)

    def above(self, number: GoalId) -> list[Goal]:
        """A goal, then those above it, nearest first."""
        return self._all(ABOVE, goal=number)

    def coded(self, codes: Collection[str]) -> list[Goal]:
        """The goals that files call by these codes."""
        return self._all(CODED, codes=list(codes))

    def all(self) -> list[Goal]:
        """Every goal, by number."""
        return self._all(ALL)

    def homes(self) -> list[Area]:
        """The branches and groups that have goals."""
        return [to_home(*row) for row in self.connection.execute(HOMES)]

    def of_owner(self, owner: MemberId) -> list[Goal]:
        """The goals for which somebody is responsible, the next due first."""
        return self._all(OF_OWNER, owner=owner)

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything of one member to another, who is the same person."""
        for statement in HAND_OVER:
            self.connection.execute(statement, {"giver_up": giver_up, "taker": owner})

    def tasks(self, numbers: Collection[GoalId], until: datetime) -> Mapping[GoalId, Counted]:
        """The tasks that serve each goal, as they stood at a moment."""
        rows = self.connection.execute(TASKS, {"numbers": list(numbers), "until": until})
        return {GoalId(number): Counted(count, int(done)) for number, count, done in rows}

    def values(self, numbers: Collection[GoalId], until: datetime) -> Mapping[GoalId, Decimal]:
        """The last value that was reported of each goal up to a moment."""
        rows = self.connection.execute(VALUES, {"numbers": list(numbers), "until": until})
        return {GoalId(number): Decimal(value) for number, value in rows}

    def report(self, number: GoalId, value: Decimal, note: str, by: MemberId | None, at: datetime) -> None:
        """Remember a reported value."""
        said = {"goal_id": number, "value": str(value), "note": note, "by_id": by, "at": at}
        self.connection.execute(REPORT, said)

    def reports(self, number: GoalId) -> list[Report]:
        """What was reported of a goal, oldest first."""
        rows = self.connection.execute(REPORTS, {"goal": number})
        return [Report(GoalId(id_), Decimal(value), note, some_member(by), at) for id_, value, note, at, *by in rows]

    def note(self, version: Version) -> None:
        """Keep a version of a goal."""
        self.connection.execute(
            NOTE,
            {
                "goal_id": version.goal.id,
                "version": version.goal.version,
                "what": version.what.value,
                "by_id": version.by and version.by.id,
                "owner_id": version.goal.owner and version.goal.owner.id,
                "at": version.at,
                "reason": version.reason,
                "said": said_of(version.goal),
            },
        )

    def versions(self, number: GoalId) -> list[Version]:
        """The versions of a goal, oldest first."""
        return [to_version(row) for row in self.connection.execute(VERSIONS, {"goal": number})]

    def adjusted(self, numbers: Collection[GoalId], since: datetime, until: datetime) -> list[Version]:
        """The versions of goals, but their first, that were made between two moments, oldest first."""
        values = {"numbers": list(numbers), "since": since, "until": until}
        return [to_version(row) for row in self.connection.execute(ADJUSTED, values)]


OWN_GOALS = select(goal.id.label("number"), goal.title, goal.since, goal.due).where(goal.owner_id == MEMBER)
OWN_REPORTS = (
    select(report.goal_id.label("number"), report.value, report.note, report.at)
    .where(report.by_id == MEMBER)
    .order_by(report.id)
)
FEATURE = Feature(
    tables=(goals, goal_versions, goal_reports),
    personal=(
        Personal(318, "goals", OWN_GOALS.order_by(goal.id), texts="goal"),
        Personal(319, "goal_reports", OWN_REPORTS, texts="goal"),
    ),
    not_shown={"goal_versions": "how a goal was adjusted; the goals themselves are shown"},
    not_erased={
        "goals": "kept under a number: the tree and its progress stay right",
        "goal_versions": "kept under a number: why a goal was adjusted stays known",
        "goal_reports": "kept under a number: the progress of goals stays right",
    },
)
