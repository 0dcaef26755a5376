"""A match is planned, opened for the teams of a week, and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import plain
from domain.admin.audit import AuditAction
from domain.clock.calendar import workdays
from domain.ids import MatchId
from domain.messaging.chat import monday
from domain.people.leading import groups_led
from domain.people.permission import Permission, allows, require
from domain.study.match.card import finish_cards, standing
from domain.study.match.model import (
    MAX_A_DAY,
    MAX_NAME_CHARS,
    MAX_TEAMS,
    MIN_TEAMS,
    Match,
    MatchOver,
    NoName,
    NotYours,
    NoWorkday,
    Round,
    SameBranch,
    Team,
    TeamBusy,
    TooFewQuestions,
    TooFewTeams,
    TooLate,
    TooManyTeams,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, QuestionId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.study.features import Stores

OPENED, WITHDRAWN = AuditAction("match.opened"), AuditAction("match.withdrawn")
MORNING, NOON, EVENING = time(8, 45), time(12), time(18)
A_DAY, A_WEEK, DAYS = timedelta(days=1), timedelta(days=7), 5  # from Monday to Friday
OFFERED_WEEKS = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever opens a match asks for: `monday` is that of its week; no `topics` are all of them."""

    name: str
    groups: Sequence[ChatId]
    topics: Sequence[str]
    a_day: int
    monday: date


def may_play(stores: Stores, actor: Actor) -> list[Chat]:
    """The groups for which somebody may open a match."""
    require(stores, actor, Permission.ASK_SURVEYS)
    return [one.chat for one in groups_led(stores, actor, Permission.ASK_SURVEYS)]


def team_of(stores: Stores, group: Chat) -> Team:
    """A group as a team: by the name of its branch, else by its own."""
    name = group.title if group.branch is None else stores.branches.get(group.branch).name
    return Team(group.id, plain.tidy(name))


def weeks(stores: Stores, at: datetime) -> list[date]:
    """The Mondays of the weeks for which a match can be opened at a moment."""
    this = monday(at.astimezone(_zone(stores)).date())
    found = [this + A_WEEK * number for number in range(OFFERED_WEEKS + 1)]
    return [one for one in found if _is_open(stores, one, at)][:OFFERED_WEEKS]


def _is_open(stores: Stores, week: date, at: datetime) -> bool:
    days = days_of(stores, week)
    return bool(days) and at < _moment(stores, days[0], NOON)


def _zone(stores: Stores) -> ZoneInfo:
    return ZoneInfo(stores.enterprise.locale.zone)


def _moment(stores: Stores, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=_zone(stores))


def days_of(stores: Stores, week: date) -> list[date]:
    """The days from Monday to Friday that are worked."""
    works = workdays(stores)
    return [day for day in (week + A_DAY * number for number in range(DAYS)) if works(day)]


def plan(stores: Stores, actor: Actor, *, wish: Wish) -> Match:
    """The match that a wish makes; nothing is written.

    Raises NoName, TooFewTeams, TooManyTeams, NotYours, SameBranch, NoWorkday, TooLate, TooFewQuestions, TeamBusy.
    """
    require(stores, actor, Permission.ASK_SURVEYS)
    groups = [stores.chats.get(one) for one in dict.fromkeys(wish.groups)]
    _check(stores, actor, wish.name, groups)
    days, at = days_of(stores, monday(wish.monday)), actor.heard_at
    if not days:
        raise NoWorkday(monday=wish.monday)
    if at >= _moment(stores, days[0], NOON):
        raise TooLate(monday=wish.monday)
    match = Match(
        id=MatchId(0),
        name=plain.tidy(wish.name),
        opener=actor.member.id,
        opened_at=at,
        begins_at=max(_moment(stores, days[0], MORNING), at),
        ends_at=_moment(stores, days[-1], EVENING),
        topics=tuple(wish.topics),
        teams=tuple(team_of(stores, one) for one in groups),
        rounds=_rounds(stores, wish, days),
    )
    _require_free(stores, match)
    return match


def _check(stores: Stores, actor: Actor, name: str, groups: Sequence[Chat]) -> None:
    if not plain.tidy(name) or len(plain.tidy(name)) > MAX_NAME_CHARS:
        raise NoName(most=MAX_NAME_CHARS)
    if len(groups) < MIN_TEAMS:
        raise TooFewTeams
    if len(groups) > MAX_TEAMS:
        raise TooManyTeams(most=MAX_TEAMS)
    if not all(_may(stores, actor, one) for one in groups):
        raise NotYours
    branches = [one.branch for one in groups if one.branch is not None]
    if len(set(branches)) < len(branches):
        raise SameBranch


def _may(stores: Stores, actor: Actor, group: Chat) -> bool:
    there = replace(actor, chat=group, is_platform_admin=actor.is_platform_admin and group.id == actor.chat.id)
    return group.is_group and group.active and allows(stores, there, Permission.ASK_SURVEYS)


def _rounds(stores: Stores, wish: Wish, days: Sequence[date]) -> tuple[Round, ...]:
    """The questions of each day: some of the topics', in an order that the week and the name give, the same for all."""
    a_day = min(max(1, wish.a_day), MAX_A_DAY)
    found = stores.questions.of_topics(wish.topics)
    if len(found) < a_day * len(days):
        raise TooFewQuestions(found=len(found), needed=a_day * len(days))
    seed = f"{wish.name}:{days[0]}"
    ordered = sorted((one.id for one in found), key=lambda one: sha256(f"{seed}:{one}".encode()).digest())
    parts: list[tuple[QuestionId, ...]] = [
        tuple(ordered[place * a_day : (place + 1) * a_day]) for place in range(len(days))
    ]
    return tuple(Round(day, part) for day, part in zip(days, parts, strict=True))


def _require_free(stores: Stores, match: Match) -> None:
    """Raises TeamBusy: a group plays in one match at a time."""
    for other in stores.matches.running():
        if other.begins_at < match.ends_at and match.begins_at < other.ends_at:
            for team in match.teams:
                if other.of(team.group) is not None:
                    raise TeamBusy(team=team, match=other)


def open_(stores: Stores, actor: Actor, *, wish: Wish, source: str) -> Match:
    """Open a match, once for each source; its cards go out when it begins. Raises what `plan` does."""
    require(stores, actor, Permission.ASK_SURVEYS)
    known = stores.matches.opened_by(source)
    if known is not None:
        return known
    match = stores.matches.add(plan(stores, actor, wish=wish), source)
    stores.audit.note(actor.member.id, OPENED, match.source, old=None, new=match.name, at=actor.heard_at)
    return match


def withdraw(stores: Stores, actor: Actor, *, number: MatchId) -> Match:
    """Take a match back: nobody wins it; what was earned by answering stays. Raises MatchOver, NotYours."""
    match = show(stores, actor, number=number)
    if match.is_over:
        raise MatchOver
    match = replace(match, withdrawn_at=actor.heard_at)
    stores.matches.save(match)
    stores.audit.note(actor.member.id, WITHDRAWN, match.source, old=None, new=match.name, at=actor.heard_at)
    finish_cards(stores, match, standing(stores, match, actor.heard_at) if match.begun_at else ())
    return match


def show(stores: Stores, actor: Actor, *, number: MatchId) -> Match:
    """A match, for its opener and whoever may open one for all its groups. Raises MatchOver, NotYours."""
    require(stores, actor, Permission.ASK_SURVEYS)
    match = stores.matches.get(number)
    if match is None:
        raise MatchOver
    if not _manages(stores, actor, match):
        raise NotYours
    return match


def _manages(stores: Stores, actor: Actor, match: Match) -> bool:
    return match.opener == actor.member.id or all(
        _may(stores, actor, stores.chats.get(team.group)) for team in match.teams
    )


def running(stores: Stores, actor: Actor) -> list[Match]:
    """The matches that somebody may withdraw."""
    require(stores, actor, Permission.ASK_SURVEYS)
    return [one for one in stores.matches.running() if _manages(stores, actor, one)]
