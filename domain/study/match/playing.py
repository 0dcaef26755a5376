"""Somebody plays: the questions that are open and not yet answered, one after another, in private."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.ids import MatchId
from domain.messaging.message import Text
from domain.people.permission import Permission, is_part_of, require
from domain.study.asking.sheet import Follow, ask
from domain.study.attempt import Occasion, OccasionKind
from domain.study.match.card import day_of
from domain.study.match.model import AllAnswered, MatchOver, NotBegun, NotInTeam, Place

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.people.actor import Actor
    from domain.study.features import Stores
    from domain.study.match.model import Match
    from domain.study.question import StoredQuestion


@dataclass(frozen=True, slots=True)
class Turn:
    """The question that somebody is asked; so many are `left` with it."""

    match: Match
    question: StoredQuestion
    left: int


def play(stores: Stores, actor: Actor, *, number: MatchId, key: str) -> Turn:
    """Ask somebody their next question, in private. Raises MatchOver, NotBegun, NotInTeam, AllAnswered."""
    require(stores, actor, Permission.TAKE_PART)
    match = stores.matches.get(number)
    if match is None or match.is_over or actor.now >= match.ends_at:
        raise MatchOver
    if match.begun_at is None:
        raise NotBegun(match=match)
    group = _team(stores, match, actor.member.id)
    left = unanswered(stores, match, actor.member.id, actor.now)
    if not left:
        raise AllAnswered(match=match, more=day_of(stores, match, actor.now) < match.last)
    occasion = _occasion(stores, match, actor.member.id, group)
    ask(stores, actor.member.id, left[0], occasion, chat=actor.chat.id, key=key, at=actor.heard_at)
    return Turn(match, left[0], len(left))


def _occasion(stores: Stores, match: Match, member: MemberId, group: ChatId) -> Occasion:
    """What the questions are asked for: for somebody who has moved away, in none of their groups."""
    there = is_part_of(stores, member, stores.chats.get(group))
    return Occasion(OccasionKind.MATCH, match.id, group if there else None)


def unanswered(stores: Stores, match: Match, member: MemberId, at: datetime) -> list[StoredQuestion]:
    """The open questions that somebody has not answered, the oldest first; not those that are no more."""
    given = {one.question for one in stores.attempts.on(OccasionKind.MATCH, match.id, member)}
    left = [one for one in match.opened(day_of(stores, match, at)) if one not in given]
    return [one for one in map(stores.questions.get, left) if one is not None]


def _team(stores: Stores, match: Match, member: MemberId) -> ChatId:
    """In which team somebody plays: where they were when the match began, else that of the group they are in.

    Who has moved plays for where they were. Whoever is on the roster of another branch, or came to a team's branch
    later, plays for nobody; who is not on it plays for the group that they are in. Raises NotInTeam.
    """
    known = stores.matches.team_of(match.id, member)
    if known is not None:
        return known
    if stores.people.of_member(member) is None and stores.members.get(member).is_person:
        for team in match.teams:
            if stores.members.is_in(team.group, member):
                stores.matches.place(match.id, [Place(team.group, member=member)])
                return team.group
    raise NotInTeam(match=match)


def _check(stores: Stores, asked: Occasion, _: MemberId, at: datetime) -> None:
    """An answer counts until the match ends. Raises MatchOver."""
    match = stores.matches.get(MatchId(asked.id))
    if match is None or not match.is_played or at >= match.ends_at:
        raise MatchOver


def _left(stores: Stores, asked: Occasion, member: MemberId, at: datetime) -> list[StoredQuestion]:
    match = stores.matches.get(MatchId(asked.id))
    return [] if match is None or not match.is_played else unanswered(stores, match, member, at)


def _told(stores: Stores, asked: Occasion, member: MemberId, at: datetime) -> Text | None:
    """How many questions are open to somebody still; the score is on the group's card."""
    match = stores.matches.get(MatchId(asked.id))
    if match is None:
        return None
    left = len(_left(stores, asked, member, at))
    return Text("match.told", {"match": match, "left": left, "more": day_of(stores, match, at) < match.last})


def _next(stores: Stores, asked: Occasion, member: MemberId, at: datetime) -> StoredQuestion | None:
    return next(iter(_left(stores, asked, member, at)), None)


FOLLOW = Follow(check=_check, told=_told, next=_next)
