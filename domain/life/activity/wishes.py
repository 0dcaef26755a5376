"""What people wish is asked first, by a survey of one question; the proposal that follows shows its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.message import NOWHERE
from domain.people.permission import Permission, require
from domain.voice import survey as surveys

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import SurveyId
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.voice.survey import Question, Survey

LAST = timedelta(days=90)  # a proposal follows what was asked in this time
OFFERED = 5


@dataclass(frozen=True, slots=True)
class Wished:
    """A survey of wishes, its options with how many chose each, the most wanted first, and how many answered."""

    survey: Survey
    options: Sequence[tuple[str, int]]
    voters: int


def ask(stores: Stores, actor: Actor, *, question: Question, source: str) -> Survey:
    """Ask the group what it wishes. Raises what `survey.ask` does."""
    require(stores, actor, Permission.PLAN_WORK)
    made = surveys.ask(stores, actor, question=question, closes_at=None, source=source, thread=NOWHERE)
    stores.activities.note_wishes(made.id, actor.group.id, actor.heard_at)
    return made


def recent(stores: Stores, actor: Actor) -> list[Wished]:
    """What the group was asked lately, the newest first."""
    require(stores, actor, Permission.PLAN_WORK)
    numbers = stores.activities.wishes(actor.group.id, actor.now - LAST)
    found = (wished(stores, one) for one in numbers[:OFFERED])
    return [one for one in found if one is not None]


def latest(stores: Stores, group: Chat, before: datetime) -> SurveyId | None:
    """The newest survey that asked a group in the time before a moment, unless it was taken back."""
    found = (wished(stores, one) for one in stores.activities.wishes(group.id, before - LAST))
    return next((one.survey.id for one in found if one is not None), None)


def wished(stores: Stores, number: SurveyId | None) -> Wished | None:
    """What people wished, as far as it is known; `None` where nobody was asked, or it was taken back."""
    survey = None if number is None else stores.surveys.get(number)
    if survey is None or survey.withdrawn_at is not None:
        return None
    options = survey.question.options
    if survey.tally is not None:
        votes, voters = list(survey.tally.votes), survey.tally.voters
    else:
        answers = stores.surveys.answers(survey.id)
        votes, voters = [sum(one in chosen for chosen in answers) for one in range(len(options))], len(answers)
    ranked = sorted(zip(options, votes, strict=False), key=lambda one: -one[1])
    return Wished(survey, ranked, voters)
