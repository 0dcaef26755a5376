"""Rows of goals and of their versions, as the domain's and back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement

from domain.ids import BranchId, ChatId, GoalId
from domain.people.member import Member
from domain.people.permission import Area
from domain.work.goal.model import Goal, GoalState, Happened, Level, Measure, MeasureKind, Version
from storage.people.member import to_member
from storage.work.goal_tables import goals

goal = goals.c
OWN: tuple[ColumnElement[Any], ...] = (
    *(goal.id, goal.parent_id, goal.level, goal.branch_id, goal.group_id, goal.title, goal.measure, goal.target),
    *(goal.unit, goal.weight, goal.since, goal.due, goal.code, goal.state, goal.version),
)


def to_home(branch: int | None, group: int | None) -> Area:
    """The branch or the group whose goal it is."""
    return Area(None if branch is None else BranchId(branch), None if group is None else ChatId(group))


def some_member(row: Sequence[Any]) -> Member | None:
    """A member of an outer join; `None` where there is none."""
    return None if row[0] is None else to_member(row)


def to_goal(row: Sequence[Any]) -> Goal:
    """A row of GOALS as the domain's."""
    id_, parent, level, branch, group, title, measure, target, unit, weight, since, due, code, state, count, *owner = (
        row
    )
    return Goal(
        GoalId(id_),
        parent and GoalId(parent),
        Level(level),
        to_home(branch, group),
        title,
        Measure(MeasureKind(measure), Decimal(target), unit),
        weight,
        since,
        due,
        some_member(owner),
        code or "",
        GoalState(state),
        count,
    )


def columns_of(one: Goal) -> dict[str, Any]:
    """A goal as the table has it, without its id."""
    return {
        "parent_id": one.parent,
        "level": one.level.value,
        "branch_id": one.home.branch,
        "group_id": one.home.group,
        "title": one.title,
        "measure": one.measure.kind.value,
        "target": str(one.measure.target),
        "unit": one.measure.unit,
        "weight": one.weight,
        "since": one.since,
        "due": one.due,
        "owner_id": one.owner and one.owner.id,
        "code": one.code or None,
        "state": one.state.value,
        "version": one.version,
    }


def said_of(one: Goal) -> dict[str, Any]:
    """What a version keeps as one document."""
    kept = {name: value for name, value in columns_of(one).items() if name not in ("owner_id", "version")}
    return {**kept, "since": one.since.isoformat(), "due": one.due.isoformat()}


def to_version(row: Sequence[Any]) -> Version:
    """A row of ALL_VERSIONS as the domain's."""
    number, count, what, at, reason, said, *people = row
    half = len(people) // 2
    told = {**said, "since": date.fromisoformat(said["since"]), "due": date.fromisoformat(said["due"])}
    ordered = (told.get(column.name) for column in OWN[1:-1])
    kept = to_goal((number, *ordered, count, *people[:half]))
    return Version(kept, Happened(what), some_member(people[half:]), at, reason)
