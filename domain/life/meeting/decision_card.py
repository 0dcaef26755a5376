"""The card of a vote in its group, the private one of whoever ends it, and a secret ballot in private."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.ids import DecisionId
from domain.life.meeting.decision import Decision, Stage, Way
from domain.life.meeting.quorum import Choice, Outcome
from domain.messaging.message import Action, Button, DeepLink, Message, Subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.life.features import Stores
    from domain.life.meeting.model import Invited
    from domain.messaging.message import Buttons

BALLOT_LINK = "ballot_"
BUTTONS = {
    Choice.FOR: "decision.for_button",
    Choice.AGAINST: "decision.against_button",
    Choice.ABSTAINED: "decision.abstained_button",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision and how many have voted so far; `missing` are those who are there and have not."""

    decision: Decision
    voted: int = 0
    missing: Sequence[Invited] = ()


def card(shown: Shown) -> Message:
    """The one card of a proposal in the group: the vote, then what came of it."""
    decision = shown.decision
    buttons: Buttons = []
    if decision.stage is Stage.VOTING and decision.way is Way.OPEN:
        buttons = [[Button(text, Action("decision.vote", decision.id, one.value)) for one, text in BUTTONS.items()]]
    elif decision.stage is Stage.VOTING and decision.way is Way.BALLOT:
        buttons = [[Button("decision.ballot_button", DeepLink(f"{BALLOT_LINK}{decision.id}"))]]
    return Message("decision.card", {"shown": shown}, buttons, decision.card)


def end_button(decision: Decision) -> Button:
    """What ends a vote: the button, or the count of the ballots."""
    if decision.way is not Way.PAPER:
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
    elif decision.outcome is Outcome.ADOPTED:
        buttons = [[Button("rectification.decision_button", Action("rectification.decision", decision.id))]]
    return Message("decision.desk", {"shown": shown}, buttons, decision.desk)


def refresh(stores: Stores, decision: Decision, *, key: str) -> None:
    """Both cards show how the vote stands."""
    for about in (decision.card, decision.desk):
        stores.outbox.refresh(about, key=f"{about}:{key}")


def _found(stores: Stores, about: Subject) -> Shown | None:
    decision = stores.decisions.get(DecisionId(about.ids[0]))
    if decision is None:
        return None
    return shown_of(stores, decision)


def shown_of(stores: Stores, decision: Decision) -> Shown:
    """A decision, and how the vote on it stands."""
    there = [one for one in stores.meetings.people(decision.meeting) if one.entitled and one.is_present]
    is_secret = decision.way is Way.BALLOT
    voted = stores.ballots.voted(decision.id) if is_secret else set(stores.decisions.votes(decision.id))
    return Shown(decision, sum(one.id in voted for one in there), [one for one in there if one.id not in voted])


def current_card(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The group's card as it is now."""
    shown = _found(stores, about)
    return None if shown is None else card(shown)


def current_desk(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The private card as it is now."""
    shown = _found(stores, about)
    return None if shown is None else desk(shown)


def ballot(decision: Decision, who: int) -> Message:
    """A secret ballot of somebody who is to come: the same for everybody but for whom it is."""
    buttons = [[Button(text, Action("decision.cast", decision.id, one.value)) for one, text in BUTTONS.items()]]
    shown = buttons if decision.stage is Stage.VOTING else []
    return Message("decision.ballot", {"decision": decision, "is_cast": False}, shown, ballot_subject(decision, who))


def cast_ballot(decision: Decision, who: int) -> Message:
    """What becomes of it, whatever was voted."""
    values = {"decision": decision, "is_cast": True}
    return Message("decision.ballot", values, subject=ballot_subject(decision, who))


def ballot_subject(decision: Decision, who: int) -> Subject:
    """What the ballot of somebody is about."""
    return Subject("ballot", decision.id, who)


def current_ballot(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """A ballot as it is now."""
    number, who = about.ids
    decision = stores.decisions.get(DecisionId(number))
    if decision is None:
        return None
    is_cast = who in stores.ballots.voted(decision.id)
    return cast_ballot(decision, who) if is_cast else ballot(decision, who)
