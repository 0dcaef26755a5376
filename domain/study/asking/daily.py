"""The question of the day: a native quiz in the group where it fits, else a button that leads to private."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import PromptId
from domain.messaging.message import Button, DeepLink, Message, Poll, Text
from domain.points import points
from domain.points.event import Event, EventName, Fact
from domain.refusal import Refusal
from domain.study.asking.sheet import Follow
from domain.study.attempt import Occasion, OccasionKind, Posed
from domain.study.question import MAX_POLL_EXPLANATION_CHARS, QuestionKind

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.points.points import Credit
    from domain.study.attempt import Attempt
    from domain.study.features import Stores
    from domain.study.question import Question, StoredQuestion
    from domain.study.study import Prompt

OPEN_FOR = timedelta(days=7)
ANSWERED = Event(EventName("quiz.answered"), facts=(Fact("correct", bool), Fact("full_marks", bool)))
ANSWER, WHY = "answer_", "why_"  # what a deep link to a day's question begins with
MAX_POLL_LINES = 3  # of an explanation: the platform allows two line feeds


class DayOver(Refusal):
    """A question of a day that is more than a week ago."""

    text = "study.over"


def question_of(stores: Stores, given: Prompt) -> StoredQuestion | None:
    """The question of a day: the item's own, else the first that belongs to it."""
    found = stores.questions.of_item(given.item.id)
    return min(found, key=lambda one: (one.question.code != given.item.lesson.code, one.id), default=None)


def occasion(given: Prompt) -> Occasion:
    """What a day's question is asked for."""
    return Occasion(OccasionKind.DAILY, given.id, given.group.id)


def has_answered(stores: Stores, given: Prompt, member: MemberId) -> bool:
    """Whether somebody has answered a day's question."""
    return bool(stores.attempts.on(OccasionKind.DAILY, given.id, member))


def pose(stores: Stores, given: Prompt, *, key: str, urgent: bool) -> None:
    """Ask a day's question in its group."""
    stored = question_of(stores, given)
    if stored is None:
        return
    if stored.question.fits_poll:
        poll = poll_of(given, stored.question)
        stores.attempts.pose(given.id, Posed(stored.id, len(poll.options), stored.question.right[0]))
        stores.outbox.send_poll(given.group.id, poll, key=key, subject=given.quiz, urgent=urgent)
        return
    answer = Button("asking.answer_button", DeepLink(f"{ANSWER}{given.id}"))
    message = Message("asking.posed", {"question": stored.question}, [[answer]], given.quiz)
    stores.outbox.send(given.group.id, message, key=key, urgent=urgent)


def posed(stores: Stores, given: Prompt) -> Posed | None:
    """What a day's quiz asks, as it was posted; of one of an earlier version of the program, as it is now."""
    known, stored = stores.attempts.posed(given.id), question_of(stores, given)
    if known is not None or stored is None or not stored.question.fits_poll:
        return known
    return Posed(stored.id, len(options_of(stored.question)), stored.question.right[0])


def poll_of(given: Prompt, question: Question) -> Poll:
    """A question as a native quiz. What explains it at more length than a quiz may is told in private."""
    told = explained(question)
    why = Button("asking.why_button", DeepLink(f"{WHY}{given.id}"))
    return Poll(
        question.text,
        options_of(question),
        correct=question.right[0],
        explanation=told or "",
        closes_at=given.at + OPEN_FOR,
        buttons=() if told is not None else ((why,),),
    )


def options_of(question: Question) -> tuple[str | Text, ...]:
    """The options of a native quiz; those of true or false are words of the program."""
    if question.kind is QuestionKind.TRUE_FALSE:
        return Text("asking.true_button"), Text("asking.false_button")
    return question.options


def explained(question: Question) -> str | None:
    """What a native quiz says after an answer: explanation and source; `None` where they are longer than it may be."""
    whole = "\n".join(part for part in (question.explanation.strip(), question.source.strip()) if part)
    fits = len(whole) <= MAX_POLL_EXPLANATION_CHARS and len(whole.splitlines()) <= MAX_POLL_LINES
    return whole if fits else None


def _check(stores: Stores, asked: Occasion, _: MemberId, at: datetime) -> None:
    """Raises DayOver."""
    given = stores.studies.prompt(PromptId(asked.id))
    if given is None or at - given.at > OPEN_FOR:
        raise DayOver


def _recorded(stores: Stores, attempt: Attempt) -> Credit | None:
    """A first answer is reported; a hasty one as if it were wrong."""
    given = stores.studies.prompt(PromptId(attempt.occasion.id))
    if given is None:
        return None
    right = attempt.is_right and not attempt.is_hasty
    facts = {"correct": right, "full_marks": right}  # a day has one question
    return points.award(
        stores,
        attempt.member,
        given.group,
        ANSWERED,
        facts,
        source=given.source,
        cause=given.item.lesson.title,
        at=attempt.at,
    )


FOLLOW = Follow(check=_check, recorded=_recorded)
