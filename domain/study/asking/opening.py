"""What is asked in private when somebody opens it: a day's question, a set, a challenge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import PromptId, QuestionSetId
from domain.messaging.message import Message
from domain.people.member import home as home_of
from domain.people.permission import Permission, require, require_member
from domain.refusal import Refusal
from domain.study.asking import daily
from domain.study.asking.daily import OPEN_FOR, DayOver
from domain.study.asking.sheet import ask
from domain.study.sets import challenge
from domain.study.sets import service as sets
from domain.study.sets.service import SetOver

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.study.asking.sheet import Sheet
    from domain.study.features import Stores
    from domain.study.sets.model import QuestionSet
    from domain.study.study import Prompt


class SetDone(Refusal):
    """All of a set was answered before."""

    text = "asking.set_done"


class DayAnswered(Refusal):
    """A day's question was answered before."""

    text = "asking.already_answered"


class AnswerFirst(Refusal):
    """Why an answer is right is told to those who have answered."""

    text = "asking.answer_first"


def _own_day(stores: Stores, actor: Actor, number: PromptId) -> Prompt:
    """A day of one's own group. Raises DayOver, NotAMember."""
    require(stores, actor, Permission.TAKE_PART)
    given = stores.studies.prompt(number)
    if given is None or not given.group.is_admitted:
        raise DayOver
    require_member(stores, actor, given.group)
    return given


def open_day(stores: Stores, actor: Actor, *, number: PromptId, key: str) -> Sheet:
    """Ask somebody a day's question in private. Raises DayOver, DayAnswered, NotAMember."""
    given, at = _own_day(stores, actor, number), actor.heard_at
    stored = daily.question_of(stores, given)
    if stored is None or at - given.at > OPEN_FOR:
        raise DayOver
    occasion = daily.occasion(given)
    if daily.has_answered(stores, given, actor.member.id):
        raise DayAnswered
    return ask(stores, actor.member.id, stored, occasion, chat=actor.chat.id, key=key, at=at)


def why(stores: Stores, actor: Actor, *, number: PromptId) -> Message:
    """Why the answer to a day's question is right, at length. Raises DayOver, AnswerFirst, NotAMember."""
    given = _own_day(stores, actor, number)
    stored = daily.question_of(stores, given)
    if stored is None:
        raise DayOver
    if not daily.has_answered(stores, given, actor.member.id):
        raise AnswerFirst
    return Message("asking.why", {"question": stored.question, "right": stored.question.right_answer})


def open_set(stores: Stores, actor: Actor, *, number: QuestionSetId, key: str) -> Sheet:
    """Ask somebody the next question of a set, or go on where they stopped. Raises SetOver, SetDone, NotAMember."""
    one = _own_set(stores, actor, number)
    stored = sets.following(stores, one, actor.member.id)
    if stored is None:
        raise SetDone(progress=sets.progress(stores, one, actor.member.id))
    return ask(stores, actor.member.id, stored, one.occasion, chat=actor.chat.id, key=key, at=actor.heard_at)


def _own_set(stores: Stores, actor: Actor, number: QuestionSetId) -> QuestionSet:
    """An open set of one's own group, or a test for somebody. Raises SetOver, NotAMember."""
    require(stores, actor, Permission.TAKE_PART)
    one = stores.sets.get(number)
    if one is None or not one.is_open(actor.heard_at):
        raise SetOver
    group = stores.chats.get(one.group)
    if not group.is_admitted or not sets.is_for(stores, one, actor.member.id):
        raise SetOver
    require_member(stores, actor, group)
    return one


def open_challenge(stores: Stores, actor: Actor, *, key: str) -> Sheet:
    """Begin a challenge, or go on with the one that is open. Raises NoGroupYet, NothingToAsk."""
    require(stores, actor, Permission.TAKE_PART)
    group, at = home_of(stores, actor), actor.heard_at
    one, stored = challenge.begin(stores, actor.member.id, group, at)
    return ask(stores, actor.member.id, stored, one.occasion, chat=actor.chat.id, key=key, at=at)
