"""The plan of a group's next study days, which who is in charge sees and changes, one day at a time.

A button names the item that its plan showed. Where the plan is another by now, because somebody else was first,
nothing is changed and the plan of now is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from domain.clock import calendar
from domain.ids import StudyItemId
from domain.people.permission import Permission, require
from domain.study import choosing
from domain.study.choosing import Reason
from domain.study.day.gathering import gather
from domain.study.day.model import (
    ALLOWED,
    BANNED,
    RELEASED,
    SCHEDULED,
    WITHDRAWN,
    DayOver,
    Line,
    LineState,
    NotForGroup,
    Plan,
    Planned,
    PlanState,
)
from domain.study.day.taking_back import take_back

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.admin.audit import AuditAction
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.study.choosing import Choice
    from domain.study.day.gathering import Material
    from domain.study.features import Stores
    from domain.study.item import StudyItem
    from domain.study.study import Prompt

DAYS_AHEAD = 5
LOOKED_AT = 60  # days; an enterprise may be closed for long
A_DAY = timedelta(days=1)
PLAN = Permission.CHANGE_SETTINGS  # what a group is shown is its secretary's affair, as its settings are
ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Choosable:
    """An item that a day may have; a `recent` one was shown within 90 days, and would be a review."""

    item: StudyItem
    recent: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what a day may have, from `offset` on; `count` is how many there are in all."""

    plan: Plan
    day: date
    choices: Sequence[Choosable]
    offset: int
    count: int


def look(stores: Stores, actor: Actor) -> Plan:
    """The next five workdays of a group."""
    require(stores, actor, PLAN)
    return _plan(stores, actor.group, actor.today)


def exchange(stores: Stores, actor: Actor, *, day: date, shown: int) -> Plan:
    """Take the next item in place of the one that a day has. Raises DayOver, NotForGroup where there is no other."""
    require(stores, actor, PLAN)
    plan = _plan(stores, actor.group, actor.today)
    line = _open_line(plan, day)
    if line.number != shown:
        return replace(plan, stale=True)
    material = gather(stores, actor.group, day)
    others = {one.item.id for one in plan.lines if one.item is not None and one.day < day}
    choices = [one for one in material.ranked(day) if one.item not in others]
    found = choosing.after(None if line.item is None else line.item.id, choices)
    if found is None:
        raise NotForGroup
    return _decide(stores, actor, Planned(day, found.item, PlanState.SCHEDULED), line)


def schedule(stores: Stores, actor: Actor, *, day: date, item: StudyItemId, shown: int | None = None) -> Plan:
    """Let a group have an item on one of the next days. Raises DayOver, NotForGroup."""
    require(stores, actor, PLAN)
    plan = _plan(stores, actor.group, actor.today)
    line = _open_line(plan, day)
    if shown is not None and line.number != shown:
        return replace(plan, stale=True)
    if not any(one.id == item and one.may_be_shown(day) for one in gather(stores, actor.group, day).candidates):
        raise NotForGroup
    return _decide(stores, actor, Planned(day, item, PlanState.SCHEDULED), line)


def withdraw(stores: Stores, actor: Actor, *, day: date, shown: int) -> Plan:
    """Let a group have nothing on a day; what it has got already is taken back. Raises DayOver."""
    require(stores, actor, PLAN)
    plan = _plan(stores, actor.group, actor.today)
    line = plan.line(day)
    if line.number != shown or line.state in (LineState.WITHDRAWN, LineState.TAKEN_BACK):
        return replace(plan, stale=True)
    if line.state is LineState.GIVEN:
        take_back(stores, actor.group, day)
    item = None if line.item is None else line.item.id
    return _decide(stores, actor, Planned(day, item, PlanState.WITHDRAWN), line)


def release(stores: Stores, actor: Actor, *, day: date, shown: int) -> Plan:
    """Leave a day to the rule again. Raises DayOver."""
    require(stores, actor, PLAN)
    plan = _plan(stores, actor.group, actor.today)
    line = plan.line(day)
    decided = line.state in (LineState.SCHEDULED, LineState.WITHDRAWN)
    if line.number != shown or not decided:
        return replace(plan, stale=True)
    stores.plans.remove(actor.group.id, day)
    _note(stores, actor, RELEASED, day, old=line.item, new=None)
    return _plan(stores, actor.group, actor.today)


def ban(stores: Stores, actor: Actor, *, item: StudyItemId) -> Plan:
    """Never show an item to a group from now on; days that were to have it get another. Raises NotForGroup."""
    require(stores, actor, PLAN)
    group = actor.group
    found = stores.plans.items([item]).get(item)
    if found is None:
        raise NotForGroup
    for planned in stores.plans.since(group.id, actor.today).values():
        if planned.fixed == item:
            stores.plans.remove(group.id, planned.day)
    if stores.plans.ban(group.id, item, actor.member.id, actor.heard_at):
        _note(stores, actor, BANNED, None, old=found, new=None)
    return _plan(stores, group, actor.today)


def banned(stores: Stores, actor: Actor) -> Sequence[StudyItem]:
    """What is never shown to a group."""
    require(stores, actor, PLAN)
    return stores.plans.banned(actor.group.id)


def allow(stores: Stores, actor: Actor, *, item: StudyItemId) -> Sequence[StudyItem]:
    """Show an item to a group again; what is not shown still."""
    require(stores, actor, PLAN)
    found = stores.plans.items([item]).get(item)
    if stores.plans.allow(actor.group.id, item) and found is not None:
        _note(stores, actor, ALLOWED, None, old=None, new=found)
    return stores.plans.banned(actor.group.id)


def choosable(stores: Stores, actor: Actor, *, day: date, offset: int) -> Page:
    """A page of what a group may have on a day: first what the rule would choose, then the rest. Raises DayOver."""
    require(stores, actor, PLAN)
    plan = _plan(stores, actor.group, actor.today)
    line = _open_line(plan, day)
    material = gather(stores, actor.group, day)
    order = _order(material, day, line)
    first = min(offset, max(0, len(order) - 1) // ON_A_PAGE * ON_A_PAGE)
    wanted = order[first : first + ON_A_PAGE]
    items = stores.plans.items(wanted)
    recent = {one.id for one in material.candidates if one.is_recent(day)}
    choices = [Choosable(items[one], one in recent) for one in wanted]
    return Page(plan, day, choices, first, len(order))


def _order(material: Material, day: date, line: Line) -> list[StudyItemId]:
    best = [one.item for one in material.ranked(day)]
    rest = [one.id for one in material.candidates if one.may_be_shown(day)]
    return [one for one in dict.fromkeys((*best, *rest)) if line.item is None or one != line.item.id]


def _open_line(plan: Plan, day: date) -> Line:
    """A day that can still get another item. Raises DayOver."""
    line = plan.line(day)
    if line.state in (LineState.GIVEN, LineState.TAKEN_BACK):
        raise DayOver
    return line


def _decide(stores: Stores, actor: Actor, planned: Planned, before: Line) -> Plan:
    stores.plans.put(actor.group.id, planned, actor.member.id, actor.heard_at)
    action = SCHEDULED if planned.state is PlanState.SCHEDULED else WITHDRAWN
    after = _plan(stores, actor.group, actor.today)
    _note(stores, actor, action, planned.day, old=before.item, new=after.line(planned.day).item)
    return after


def _note(
    stores: Stores, actor: Actor, action: AuditAction, day: date | None, *, old: StudyItem | None, new: StudyItem | None
) -> None:
    subject = f"chat:{actor.group.id}" if day is None else f"chat:{actor.group.id} {day}"
    told = [None if one is None else f"study_item:{one.id}" for one in (old, new)]
    stores.audit.note(actor.member.id, action, subject, old=told[0], new=told[1], at=actor.heard_at)


def coming(stores: Stores, group: Chat, today: date) -> Plan:
    """What a group will have on its next workdays, for the clock's jobs: nobody's permission is asked."""
    return _plan(stores, group, today)


def _plan(stores: Stores, group: Chat, today: date) -> Plan:
    days = _workdays(stores, today)
    decided = stores.plans.since(group.id, today)
    given = {one.day: one for one in stores.plans.given(group.id, today)}
    free = [day for day in days if day not in given]
    material = gather(stores, group, free[0] if free else today)
    choices = dict(zip(free, material.ahead(free), strict=True))
    wanted = {one.item for one in choices.values() if one is not None}
    wanted |= {one.item for one in decided.values() if one.item is not None}
    items = stores.plans.items(wanted)
    lines = [_given(stores, given[day]) if day in given else _line(day, choices[day], decided, items) for day in days]
    return Plan(group, lines, _unknown(stores, days))


def _given(stores: Stores, prompt: Prompt) -> Line:
    state = LineState.TAKEN_BACK if prompt.is_withdrawn else LineState.GIVEN
    return Line(prompt.day, state, prompt.item, stores.plans.choice(prompt.id))


def _line(
    day: date, choice: Choice | None, decided: Mapping[date, Planned], items: Mapping[StudyItemId, StudyItem]
) -> Line:
    planned = decided.get(day)
    if planned is not None and planned.state is PlanState.WITHDRAWN:
        return Line(day, LineState.WITHDRAWN, None if planned.item is None else items.get(planned.item))
    if choice is None:
        return Line(day, LineState.EMPTY)
    state = LineState.SCHEDULED if choice.reason is Reason.SECRETARY else LineState.CHOSEN
    return Line(day, state, items[choice.item], choice)


def _workdays(stores: Stores, first: date) -> list[date]:
    """The next workdays, today among them if it is one."""
    works = calendar.workdays(stores)
    coming = (first + number * A_DAY for number in range(LOOKED_AT))
    return list(islice((day for day in coming if works(day)), DAYS_AHEAD))


def _unknown(stores: Stores, days: Sequence[date]) -> list[int]:
    """The years of these days whose days off nobody knows yet."""
    if not days:
        return []
    works = calendar.known_workdays(stores)
    span = [days[0] + number * A_DAY for number in range((days[-1] - days[0]).days + 1)]
    return sorted({day.year for day in span if works(day) is None})
