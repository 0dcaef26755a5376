"""A front-line action is opened, its figures are reported, and it ends with a result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import ActionId
from domain.life.action.model import (
    MAX_DURATION,
    MAX_NOTE_CHARS,
    MAX_PROBLEM_CHARS,
    MAX_TEAM,
    MAX_UNIT_CHARS,
    Action,
    ActionNotFound,
    ActionOver,
    DayPassed,
    Kind,
    NoFigureYet,
    NotYours,
    Page,
    Reported,
    SameFigure,
    State,
)
from domain.messaging.message import Button, DeepLink, Message
from domain.people import naming
from domain.people.permission import Permission, allows, is_part_of, require
from domain.points import points
from domain.points.event import Event, EventName, Fact

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from domain.ids import ChatId, MemberId
    from domain.life.features import Stores
    from domain.messaging.message import Subject
    from domain.people.actor import Actor
    from domain.people.naming import Chosen

OPENED, ENDED, STOPPED = AuditAction("action.opened"), AuditAction("action.ended"), AuditAction("action.stopped")
FINISHED = Event(EventName("action.finished"), facts=(Fact("met", bool),))
REPORT_LINK = "action_report_"


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever opens an action asks for; the first of the team leads it."""

    kind: Kind
    problem: str
    unit: str
    baseline: Decimal
    target: Decimal
    until: date
    team: tuple[Chosen, ...]


def check(wish: Wish, today: date) -> None:
    """Raises DayPassed, SameFigure."""
    if not today < wish.until <= today + MAX_DURATION:
        raise DayPassed
    if wish.target == wish.baseline:
        raise SameFigure


def open_(stores: Stores, actor: Actor, *, wish: Wish, source: str) -> Page:
    """Open an action, once for each source; the group reads of it. Raises DayPassed, SameFigure, and those of names."""
    require(stores, actor, Permission.PLAN_WORK)
    known = stores.actions.opened_by(source)
    if known is not None:
        return page_of(stores, known)
    check(wish, actor.today)
    people = naming.meant(stores, wish.team[:MAX_TEAM], actor.group, actor.now).people
    team = list(dict.fromkeys(one.id for one in naming.accounts(stores, people, actor.now)))
    action = stores.actions.add(_action(wish, actor, team[0]), team, source)
    page = page_of(stores, action)
    stores.audit.note(actor.member.id, OPENED, f"action:{action.id}", old=None, new=None, at=actor.heard_at)
    stores.outbox.send(action.group, card(page), key=str(action.card), urgent=True)
    for one in team:
        stores.hooks.changed(one, f"action:{action.id}:opened", actor.heard_at)
    return page


def _action(wish: Wish, actor: Actor, lead: MemberId) -> Action:
    return Action(
        ActionId(0),
        actor.group.id,
        actor.group.branch,
        wish.kind,
        plain.tidy(wish.problem)[:MAX_PROBLEM_CHARS],
        plain.tidy(wish.unit)[:MAX_UNIT_CHARS],
        wish.baseline,
        wish.target,
        wish.until,
        lead,
        actor.member.id,
        actor.heard_at,
    )


def page_of(stores: Stores, action: Action) -> Page:
    """An action with its team and figures."""
    others = [one for one in stores.actions.team(action.id) if one != action.lead]
    team = stores.members.several([action.lead, *others])
    return Page(action, team, stores.actions.figures(action.id))


def group_of(stores: Stores, number: ActionId) -> ChatId:
    """The group of an action. Raises ActionNotFound."""
    action = stores.actions.get(number)
    if action is None:
        raise ActionNotFound
    return action.group


def look(stores: Stores, actor: Actor, *, number: ActionId) -> Page:
    """An action, for people of its group. Raises ActionNotFound."""
    require(stores, actor, Permission.TAKE_PART)
    action = stores.actions.get(number)
    if action is None:
        raise ActionNotFound
    if actor.chat.id != action.group and not is_part_of(stores, actor.member.id, stores.chats.get(action.group)):
        raise ActionNotFound
    return page_of(stores, action)


def reporting(stores: Stores, actor: Actor, *, number: ActionId) -> Page:
    """The same, for whoever may report its figures. Raises ActionNotFound, ActionOver, NotYours."""
    page = look(stores, actor, number=number)
    if not page.action.is_running:
        raise ActionOver(page=page)
    there = replace(actor, chat=stores.chats.get(page.action.group))
    if page.action.lead != actor.member.id and not allows(stores, there, Permission.PLAN_WORK):
        raise NotYours(page=page)
    return page


def report(stores: Stores, actor: Actor, *, number: ActionId, value: Decimal, note: str) -> Page:
    """Report how it stands; the group's card shows it. Raises what `reporting` does."""
    page = reporting(stores, actor, number=number)
    words = plain.tidy(note)[:MAX_NOTE_CHARS]
    stores.actions.report(number, Reported(0, value, words, actor.member.id, actor.heard_at))
    return _shown(stores, page.action, actor, "report")


def _shown(stores: Stores, action: Action, actor: Actor, what: str) -> Page:
    moment = actor.heard_at.timestamp()
    stores.outbox.refresh(action.card, key=f"{action.card}:{what}:{moment}")
    for one in stores.actions.team(action.id):
        stores.hooks.changed(one, f"action:{action.id}:{what}:{moment}", actor.heard_at)
    return page_of(stores, action)


def managed(stores: Stores, actor: Actor, *, number: ActionId) -> Page:
    """An action of the actor's group that goes on, for whoever plans its work. Raises ActionNotFound, ActionOver."""
    require(stores, actor, Permission.PLAN_WORK)
    action = stores.actions.get(number)
    if action is None or action.group != actor.group.id:
        raise ActionNotFound
    if not action.is_running:
        raise ActionOver(page=page_of(stores, action))
    return page_of(stores, action)


def finish(stores: Stores, actor: Actor, *, number: ActionId, words: str) -> Page:
    """End it with its newest figure as the result; the team is credited.

    Raises ActionNotFound, ActionOver, NoFigureYet.
    """
    page = managed(stores, actor, number=number)
    if not page.figures:
        raise NoFigureYet
    _end(stores, page.action, actor, State.ENDED, words)
    facts = {"met": page.is_met}
    source, cause = f"action:{number}", page.action.problem
    for one in page.team:
        points.award(stores, one.id, actor.group, FINISHED, facts, source=source, cause=cause, at=actor.heard_at)
    return page_of(stores, stores.actions.get(number) or page.action)


def stop(stores: Stores, actor: Actor, *, number: ActionId, words: str) -> Page:
    """Stop it without a result, for a reason. Raises ActionNotFound, ActionOver."""
    page = managed(stores, actor, number=number)
    return _end(stores, page.action, actor, State.STOPPED, words)


def _end(stores: Stores, action: Action, actor: Actor, state: State, words: str) -> Page:
    over = replace(action, state=state, words=plain.tidy(words)[:MAX_NOTE_CHARS], ended_at=actor.heard_at)
    stores.actions.save(over)
    what = ENDED if state is State.ENDED else STOPPED
    stores.audit.note(actor.member.id, what, f"action:{action.id}", old=None, new=None, at=actor.heard_at)
    return _shown(stores, over, actor, state.value)


def left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """Whoever leads an action and leaves hands it to the next of the team who is still there, else to its opener."""
    for action in stores.actions.running_of(member):
        if action.lead == member:
            team = [one for one in stores.actions.team(action.id) if one != member]
            gone = {one.member for one in stores.people.of_members(team) if one.left_on is not None}
            others = [one for one in team if one not in gone]
            stores.actions.save(replace(action, lead=others[0] if others else action.opener))
            stores.outbox.refresh(action.card, key=f"{action.card}:left:{member}:{at.timestamp()}")


def forgotten(stores: Stores, member: MemberId, at: datetime) -> None:
    """Whoever is erased leads nothing any more."""
    left(stores, member, None, at)


def card(page: Page) -> Message:
    """What the group reads: baseline, target, and how it stands."""
    report_it = [[Button("action.report_button", DeepLink(f"{REPORT_LINK}{page.action.id}"))]]
    return Message("action.card", {"page": page}, report_it if page.action.is_running else [], page.action.card)


def current_card(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The group's card as it is now."""
    action = stores.actions.get(ActionId(about.ids[0]))
    return None if action is None else card(page_of(stores, action))
