"""Secret ballots by buttons in private: who has voted is known, what is not. See docs/anonymity.md.

While the vote goes on, a ballot is kept under the vote's key, which stands outside the store, and so is the chat in
which it is cast, until the end. At the end ballots are put apart from voters, shuffled, and the key is destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.life.meeting import attending
from domain.life.meeting.decision import (
    LEAST_BALLOTS,
    AlreadyVoted,
    Decision,
    DecisionNotFound,
    NotEntitled,
    NotPresent,
    OnPaper,
    Stage,
    TooFewForSecret,
    VoteOver,
    Way,
    counted,
)
from domain.life.meeting.decision_card import ballot, ballot_subject, cast_ballot, refresh
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.ids import ChatId, DecisionId, MemberId
    from domain.life.features import Stores
    from domain.life.meeting.model import Invited, Roll
    from domain.life.meeting.quorum import Choice, Count
    from domain.messaging.encryption import KeyId
    from domain.people.actor import Actor


class Ballots(Protocol):
    """Secret ballots in the store. Voters are lines of those who are to come to the meeting."""

    def key(self, decision: DecisionId) -> KeyId:
        """The key of a vote, made when it is first asked for. Chats in which ballots are cast are put under it."""

    def cast(self, decision: DecisionId, voter: int, choice: Choice) -> None:
        """Keep somebody's ballot, so that nobody can read it without the key."""

    def voted(self, decision: DecisionId) -> set[int]:
        """Who has voted; not those whose ballots are lost, who may vote anew."""

    def close(self, decision: DecisionId, valid: Collection[int]) -> None:
        """Put the ballots of some voters apart from them, shuffled; others are thrown away. The key is destroyed."""

    def forget(self, decision: DecisionId) -> None:
        """Throw away all ballots of a vote, and its key."""

    def choices(self, decision: DecisionId) -> list[Choice]:
        """The ballots of a vote that was closed, in no order."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Somebody's ballot: the vote, and their line among those who are to come."""

    decision: Decision
    voter: Invited


def valid_voters(roll: Roll) -> set[int]:
    """The lines of those who are entitled and there."""
    return {one.id for one in roll.people if one.entitled and one.is_present}


def hand_out(stores: Stores, decision: Decision, roll: Roll) -> None:
    """Whoever is entitled and there gets a ballot in private; others get theirs by the button in the group."""
    for one in roll.people:
        if one.entitled and one.is_present and one.member is not None:
            private = stores.members.get(one.member).private
            if private is not None:
                _give(stores, Ballot(decision, one), private, key=str(ballot_subject(decision, one.id)))


def _give(stores: Stores, one: Ballot, private: ChatId, *, key: str) -> None:
    """Send it first: it says nothing, and is to be edited when the key is gone."""
    stores.outbox.send(private, ballot(one.decision, one.voter.id), key=key, urgent=True)
    _cover(stores, one.decision, private)


def _cover(stores: Stores, decision: Decision, private: ChatId) -> None:
    """Put a chat under the vote's key, unless it is under one. What has come from there while it was not is blanked.

    Whoever is answering an anonymous questionnaire stays under its key, which keeps a ballot as well.
    """
    key, chat = stores.ballots.key(decision.id), stores.chats.get(private)
    if chat.under is None:
        stores.inbox.blank(str(chat.platform_id))
        stores.encryption.begin(private, key)


def _uncover(stores: Stores, decision: Decision, member: MemberId, private: ChatId) -> None:
    """Release a chat; a form that was begun there meanwhile is kept readable, else it would be lost with the key."""
    if stores.chats.get(private).under == stores.ballots.key(decision.id):
        draft = stores.drafts.open_of(member, private)
        stores.encryption.end(private)
        if draft is not None:
            stores.drafts.save(draft)


def _uncover_all(stores: Stores, decision: Decision, people: Sequence[Invited]) -> None:
    for one in people:
        private = stores.members.get(one.member).private if one.member is not None else None
        if one.member is not None and private is not None:
            _uncover(stores, decision, one.member, private)


def open_(stores: Stores, actor: Actor, *, number: DecisionId, source: str) -> Ballot:
    """A ballot at the end of the private chat, in place of an earlier one.

    Raises DecisionNotFound, VoteOver, OnPaper, MeetingNotFound, NotInvited, NotEntitled, NotPresent,
    AlreadyVoted.
    """
    own = _own(stores, actor, number)
    about = ballot_subject(own.decision, own.voter.id)
    stores.outbox.delete(about, key=f"{about}:{source}:before")
    _give(stores, own, actor.chat.id, key=f"{about}:{source}")
    return own


def _own(stores: Stores, actor: Actor, number: DecisionId) -> Ballot:
    require(stores, actor, Permission.TAKE_PART)
    if actor.chat.is_group:
        raise OnPaper
    decision = stores.decisions.get(number)
    if decision is None:
        raise DecisionNotFound
    _, mine = attending.own(stores, actor, number=decision.meeting)
    if decision.stage is not Stage.VOTING:
        raise VoteOver
    if decision.way is not Way.BALLOT:
        raise OnPaper
    _check(stores, decision, mine)
    return Ballot(decision, mine)


def _check(stores: Stores, decision: Decision, mine: Invited) -> None:
    if not mine.entitled:
        raise NotEntitled
    if not mine.is_present:
        raise NotPresent
    if mine.id in stores.ballots.voted(decision.id):
        raise AlreadyVoted


def cast(stores: Stores, actor: Actor, *, number: DecisionId, choice: Choice) -> Ballot:
    """Cast one's ballot, once for ever; the chat stays under the key, as a second tap tells the vote as the first does.

    Raises what `open_` does.
    """
    own = _own(stores, actor, number)
    decision, private = own.decision, actor.chat.id
    _cover(stores, decision, private)
    stores.ballots.cast(decision.id, own.voter.id, choice)
    about = ballot_subject(decision, own.voter.id)
    stores.outbox.edit(about, cast_ballot(decision, own.voter.id), key=f"{about}:cast")
    refresh(stores, decision, key=f"cast:{own.voter.id}")
    return own


def forget_presses(stores: Stores, actor: Actor) -> None:
    """A press that casts nothing, such as a late tap, would tell the vote: what has come from the chat is blanked."""
    chat = stores.chats.get(actor.chat.id)
    if not chat.is_group:
        stores.inbox.blank(str(chat.platform_id))


def close(stores: Stores, decision: Decision, roll: Roll) -> Count:
    """The count of a secret vote that ends. Raises TooFewForSecret."""
    valid = valid_voters(roll)
    count = len(stores.ballots.voted(decision.id) & valid)
    if count < LEAST_BALLOTS:
        raise TooFewForSecret(count=count, least=LEAST_BALLOTS)
    _uncover_all(stores, decision, roll.people)
    stores.ballots.close(decision.id, valid)
    _end(stores, decision, roll)
    return counted(decision.count.entitled, stores.ballots.choices(decision.id))


def throw_away(stores: Stores, decision: Decision) -> None:
    """A secret vote is withdrawn: nothing of it is kept."""
    people = stores.meetings.people(decision.meeting)
    _uncover_all(stores, decision, people)
    stores.ballots.forget(decision.id)
    for one in people:
        about = ballot_subject(decision, one.id)
        stores.outbox.refresh(about, key=f"{about}:over")


def _end(stores: Stores, decision: Decision, roll: Roll) -> None:
    """Ballots that were not cast lose their buttons."""
    voted = stores.ballots.voted(decision.id)
    for one in roll.people:
        if one.id not in voted:
            about = ballot_subject(decision, one.id)
            stores.outbox.refresh(about, key=f"{about}:over")
