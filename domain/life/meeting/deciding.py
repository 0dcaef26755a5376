"""A proposal is put to the vote, voted on, counted and published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import DecisionId
from domain.life.meeting import attending, ballots
from domain.life.meeting.ballots import valid_voters
from domain.life.meeting.decision import (
    LEAST_BALLOTS,
    MAX_GROUNDS_CHARS,
    MAX_TITLE_CHARS,
    Decision,
    DecisionNotFound,
    NoQuorum,
    NotEntitled,
    NotPresent,
    OnPaper,
    Stage,
    TooFewForSecret,
    VoteOver,
    VoteRunning,
    Way,
    WrongCount,
    counted,
)
from domain.life.meeting.decision_card import Shown, card, refresh
from domain.life.meeting.looking import managed, running
from domain.life.meeting.model import NotOpen
from domain.life.meeting.quorum import Choice, Count
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MeetingId
    from domain.life.features import Stores
    from domain.life.meeting.model import Invited, Roll
    from domain.life.meeting.quorum import Quorum
    from domain.people.actor import Actor

DECIDED, WITHDRAWN = AuditAction("decision.decided"), AuditAction("decision.withdrawn")
LISTED, MAX_GROUPS = 8, 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is put to the vote, why, and how it is voted on."""

    meeting: MeetingId
    title: str
    grounds: str
    way: Way


@dataclass(frozen=True, slots=True)
class Found:
    """What was decided, and whether there is `more` behind it."""

    decisions: Sequence[Decision]
    words: str
    more: bool


def ready(stores: Stores, actor: Actor, *, meeting: MeetingId) -> Roll:
    """A meeting that can vote now. Raises MeetingNotFound, MeetingOver, NotOpen, NoQuorum, VoteRunning."""
    roll = running(stores, actor, number=meeting)
    if not roll.meeting.is_open:
        raise NotOpen(meeting=roll.meeting)
    check_none_runs(stores, meeting)
    roll = replace(roll, people=[_entitled(roll, one) for one in roll.people])
    if not roll.quorum.is_met:
        raise NoQuorum(quorum=roll.quorum)
    return roll


def _entitled(roll: Roll, one: Invited) -> Invited:
    """Without a roster everybody votes: also who has come in while the proposal before was voted on."""
    return replace(one, entitled=roll.meeting.rule.votes) if roll.meeting.branch is None else one


def propose(stores: Stores, actor: Actor, *, wish: Proposal, source: str) -> Decision:
    """Put a proposal to the vote, once for each source; its card is in the group.

    Raises TooFewForSecret, and what `ready` does.
    """
    require(stores, actor, Permission.PLAN_WORK)
    known = stores.decisions.proposed_by(source)
    if known is not None:
        return known
    roll = ready(stores, actor, meeting=wish.meeting)
    if wish.way is Way.BALLOT and roll.quorum.present < LEAST_BALLOTS:
        raise TooFewForSecret(count=roll.quorum.present, least=LEAST_BALLOTS)
    _entitle(stores, roll)
    decision = stores.decisions.add(_decision(actor, wish, roll.quorum), source)
    stores.outbox.send(decision.group, card(Shown(decision)), key=str(decision.card), urgent=True)
    if decision.way is Way.BALLOT:
        ballots.hand_out(stores, decision, roll)
    return decision


def _entitle(stores: Stores, roll: Roll) -> None:
    before = {one.id: one for one in stores.meetings.people(roll.meeting.id)}
    for one in roll.people:
        if one != before[one.id]:
            stores.meetings.save_person(one)


def _decision(actor: Actor, wish: Proposal, quorum: Quorum) -> Decision:
    return Decision(
        DecisionId(0),
        wish.meeting,
        actor.group.id,
        plain.tidy(wish.title)[:MAX_TITLE_CHARS],
        plain.tidy(wish.grounds)[:MAX_GROUNDS_CHARS],
        wish.way,
        Count(quorum.entitled),
        actor.heard_at,
        present=quorum.present,
    )


def group_of(stores: Stores, number: DecisionId) -> ChatId:
    """The group of a decision. Raises DecisionNotFound."""
    decision = stores.decisions.get(number)
    if decision is None:
        raise DecisionNotFound
    return decision.group


def vote(stores: Stores, actor: Actor, *, number: DecisionId, choice: Choice) -> Choice:
    """Vote, or vote otherwise: who votes again is counted once.

    Raises DecisionNotFound, VoteOver, OnPaper, NotInvited, NotEntitled, NotPresent.
    """
    require(stores, actor, Permission.TAKE_PART)
    decision = _voting(stores, number)
    _, mine = attending.own(stores, actor, number=decision.meeting)
    if decision.way is not Way.OPEN:
        raise OnPaper
    if not mine.entitled:
        raise NotEntitled
    if not mine.is_present:
        raise NotPresent
    stores.decisions.vote(number, mine.id, choice)
    refresh(stores, decision, key=f"{mine.id}:{choice}")
    return choice


def _voting(stores: Stores, number: DecisionId) -> Decision:
    decision = stores.decisions.get(number)
    if decision is None:
        raise DecisionNotFound
    if decision.stage is not Stage.VOTING:
        raise VoteOver
    return decision


def _mine(stores: Stores, actor: Actor, number: DecisionId) -> tuple[Decision, Roll]:
    """A vote of the actor's group, for those who plan its work."""
    require(stores, actor, Permission.PLAN_WORK)
    decision = stores.decisions.get(number)
    if decision is None or decision.group != actor.group.id:
        raise DecisionNotFound
    return _voting(stores, number), managed(stores, actor, number=decision.meeting)


def end(stores: Stores, actor: Actor, *, number: DecisionId) -> Decision:
    """End a vote by buttons: the votes of those who are entitled and there are counted, and published.

    Raises DecisionNotFound, VoteOver, OnPaper, TooFewForSecret, and NoQuorum where too few are there any more: then the
    vote goes on.
    """
    decision, roll = _mine(stores, actor, number)
    if decision.way is Way.PAPER:
        raise OnPaper
    if not roll.quorum.is_met:
        raise NoQuorum(quorum=roll.quorum)
    count = ballots.close(stores, decision, roll) if decision.way is Way.BALLOT else recount(stores, decision, roll)
    return _decide(stores, actor, decision, roll, count)


def recount(stores: Stores, decision: Decision, roll: Roll) -> Count:
    """The votes as they stand: of an open vote those of whoever is entitled and there, of an ended secret one all."""
    if decision.way is Way.BALLOT:
        return counted(decision.count.entitled, stores.ballots.choices(decision.id))
    votes = stores.decisions.votes(decision.id)
    return counted(decision.count.entitled, [choice for who, choice in votes.items() if who in valid_voters(roll)])


def check_count(stores: Stores, actor: Actor, *, number: DecisionId, found: Count) -> Decision:
    """A vote on paper, if that can be its count. Raises DecisionNotFound, VoteOver, OnPaper, WrongCount."""
    decision, roll = _mine(stores, actor, number)
    if decision.way is not Way.PAPER:
        raise OnPaper
    if not 0 < found.voted <= roll.quorum.present:
        raise WrongCount(present=roll.quorum.present)
    return decision


def count_paper(stores: Stores, actor: Actor, *, number: DecisionId, found: Count) -> Decision:
    """Enter the counted ballots, and publish what came of it. Raises what `check_count` does, NoQuorum."""
    decision = check_count(stores, actor, number=number, found=found)
    _, roll = _mine(stores, actor, number)
    return _decide(stores, actor, decision, roll, replace(found, entitled=decision.count.entitled))


def asked_count(stores: Stores, actor: Actor, *, number: DecisionId) -> Decision:
    """A vote on paper whose ballots are to be entered. Raises DecisionNotFound, VoteOver, OnPaper."""
    decision, _ = _mine(stores, actor, number)
    if decision.way is not Way.PAPER:
        raise OnPaper
    return decision


def _decide(stores: Stores, actor: Actor, decision: Decision, roll: Roll, count: Count) -> Decision:
    quorum = roll.quorum
    if not quorum.is_met:
        raise NoQuorum(quorum=quorum)
    ended = replace(decision, stage=Stage.DECIDED, count=count, present=quorum.present, ended_at=actor.heard_at)
    stores.decisions.save(ended)
    what = f"{count.for_}:{count.against}:{count.abstained} / {count.entitled}"
    stores.audit.note(actor.member.id, DECIDED, f"decision:{ended.id}", old=None, new=what, at=actor.heard_at)
    refresh(stores, ended, key="decided")
    return ended


def withdraw(stores: Stores, actor: Actor, *, number: DecisionId) -> Decision:
    """Take a proposal back before it is decided. Raises DecisionNotFound, VoteOver."""
    decision, _ = _mine(stores, actor, number)
    gone = _drop(stores, decision, actor.heard_at)
    stores.audit.note(actor.member.id, WITHDRAWN, f"decision:{gone.id}", old=None, new=None, at=actor.heard_at)
    return gone


def check_none_runs(stores: Stores, meeting: MeetingId) -> None:
    """A meeting does not end while a vote goes on. Raises VoteRunning."""
    if stores.decisions.is_voting(meeting):
        raise VoteRunning


def drop_running(stores: Stores, meeting: MeetingId, at: datetime) -> None:
    """A meeting has ended by itself: votes that nobody has ended have no result."""
    for one in stores.decisions.of(meeting):
        if one.stage is Stage.VOTING:
            _drop(stores, one, at)


def _drop(stores: Stores, decision: Decision, at: datetime) -> Decision:
    gone = replace(decision, stage=Stage.WITHDRAWN, ended_at=at)
    stores.decisions.save(gone)
    if gone.way is Way.BALLOT:
        ballots.throw_away(stores, gone)
    refresh(stores, gone, key="withdrawn")
    return gone


def search(stores: Stores, actor: Actor, *, words: str = "", before: int = 2**53) -> Found:
    """What was decided in the group, in private in all groups of whoever asks, the newest first."""
    require(stores, actor, Permission.TAKE_PART)
    groups = _groups(stores, actor)
    found = stores.decisions.search(groups, plain.tidy(words), before, LISTED + 1) if groups else []
    return Found(found[:LISTED], plain.tidy(words), len(found) > LISTED)


def _groups(stores: Stores, actor: Actor) -> list[ChatId]:
    if actor.chat.is_group:
        return [actor.chat.id]
    return [one.id for one in stores.members.groups_of(actor.member.id, MAX_GROUPS)]
