"""A proposal is put to the vote, voted on, counted and published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import DecisionId
from domain.life.meeting import attending
from domain.life.meeting.decision import (
    MAX_GROUNDS_CHARS,
    MAX_TITLE_CHARS,
    Decision,
    DecisionNotFound,
    NoQuorum,
    NotEntitled,
    NotPresent,
    OnPaper,
    Stage,
    VoteOver,
    VoteRunning,
    Way,
    WrongCount,
    counted,
)
from domain.life.meeting.looking import managed, running
from domain.life.meeting.model import NotOpen
from domain.life.meeting.quorum import Choice, Count
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MeetingId
    from domain.life.features import Stores
    from domain.life.meeting.model import Invited, Roll
    from domain.messaging.message import Subject
    from domain.people.actor import Actor

DECIDED, WITHDRAWN = AuditAction("decision.decided"), AuditAction("decision.withdrawn")
LISTED, MAX_GROUPS = 8, 50
BUTTONS = {
    Choice.FOR: "decision.for_button",
    Choice.AGAINST: "decision.against_button",
    Choice.ABSTAINED: "decision.abstained_button",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is put to the vote, why, and how it is voted on."""

    meeting: MeetingId
    title: str
    grounds: str
    way: Way


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision and how many have voted so far; `missing` are those who are there and have not."""

    decision: Decision
    voted: int = 0
    missing: Sequence[Invited] = ()


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
    if not roll.quorum.is_met:
        raise NoQuorum(quorum=roll.quorum)
    if any(one.stage is Stage.VOTING for one in stores.decisions.of(meeting)):
        raise VoteRunning
    return roll


def propose(stores: Stores, actor: Actor, *, wish: Proposal, source: str) -> Decision:
    """Put a proposal to the vote, once for each source; its card is in the group. Raises what `ready` does."""
    require(stores, actor, Permission.PLAN_WORK)
    known = stores.decisions.proposed_by(source)
    if known is not None:
        return known
    quorum = ready(stores, actor, meeting=wish.meeting).quorum
    new = Decision(
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
    decision = stores.decisions.add(new, source)
    stores.outbox.send(decision.group, card(Shown(decision)), key=str(decision.card), urgent=True)
    return decision


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
    _refresh(stores, decision, key=f"{mine.id}:{choice}")
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
    """End an open vote: the votes of those who are entitled and there are counted, and published.

    Raises DecisionNotFound, VoteOver, OnPaper, and NoQuorum where too few are there any more: then the vote goes on.
    """
    decision, roll = _mine(stores, actor, number)
    if decision.way is not Way.OPEN:
        raise OnPaper
    count = recount(stores, decision, roll)
    return _decide(stores, actor, decision, roll, count)


def recount(stores: Stores, decision: Decision, roll: Roll) -> Count:
    """The votes of an open vote as they stand: of those who are entitled and there."""
    votes = stores.decisions.votes(decision.id)
    valid = {one.id for one in roll.people if one.entitled and one.is_present}
    return counted(decision.count.entitled, [choice for who, choice in votes.items() if who in valid])


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
    _refresh(stores, ended, key="decided")
    return ended


def withdraw(stores: Stores, actor: Actor, *, number: DecisionId) -> Decision:
    """Take a proposal back before it is decided. Raises DecisionNotFound, VoteOver."""
    decision, _ = _mine(stores, actor, number)
    gone = replace(decision, stage=Stage.WITHDRAWN, ended_at=actor.heard_at)
    stores.decisions.save(gone)
    stores.audit.note(actor.member.id, WITHDRAWN, f"decision:{gone.id}", old=None, new=None, at=actor.heard_at)
    _refresh(stores, gone, key="withdrawn")
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


def card(shown: Shown) -> Message:
    """The one card of a proposal in the group: the vote, then what came of it."""
    decision = shown.decision
    buttons = []
    if decision.stage is Stage.VOTING and decision.way is Way.OPEN:
        buttons = [[Button(text, Action("decision.vote", decision.id, one.value)) for one, text in BUTTONS.items()]]
    return Message("decision.card", {"shown": shown}, buttons, decision.card)


def end_button(decision: Decision) -> Button:
    """What ends a vote: the button, or the count of the ballots."""
    if decision.way is Way.OPEN:
        return Button("decision.end_button", Action("decision.end", decision.id))
    return Button("decision.count_button", Action("decision.count", decision.id))


def desk(shown: Shown) -> Message:
    """The private card of a vote, by which it is ended."""
    decision, buttons = shown.decision, []
    if decision.stage is Stage.VOTING:
        buttons = [
            [
                end_button(decision),
                Button("decision.withdraw_button", Action("decision.withdraw", decision.id)),
            ]
        ]
    return Message("decision.desk", {"shown": shown}, buttons, decision.desk)


def _refresh(stores: Stores, decision: Decision, *, key: str) -> None:
    for about in (decision.card, decision.desk):
        stores.outbox.redraw(about, key=f"{about}:{key}")


def _found(stores: Stores, about: Subject) -> Shown | None:
    decision = stores.decisions.get(DecisionId(about.ids[0]))
    if decision is None:
        return None
    votes, people = stores.decisions.votes(decision.id), stores.meetings.people(decision.meeting)
    there = [one for one in people if one.entitled and one.is_present]
    return Shown(decision, sum(one.id in votes for one in there), [one for one in there if one.id not in votes])


def drawn_card(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The group's card as it is now."""
    shown = _found(stores, about)
    return None if shown is None else card(shown)


def drawn_desk(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The private card as it is now."""
    shown = _found(stores, about)
    return None if shown is None else desk(shown)
