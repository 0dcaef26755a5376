"""What people type about surveys, as typed values."""

from dataclasses import dataclass
from datetime import datetime

from domain.messaging.chat import Chat
from domain.voice.survey import ClosingPassed, Question
from handlers.arguments import BAR, USUAL, BadArguments, visible
from language import ballot, deadline
from language.ballot import Ballot
from language.deadline import Working

ANONYMOUS = ("匿名", "不记名", "无记名", "anonymous")
NAMED = ("实名", "记名", "named", "with names")


@dataclass(frozen=True, slots=True)
class SurveyArguments:
    """What `/survey` asks for. `unread` looks like instructions that were not understood: their writer is asked."""

    question: Question
    closes_at: datetime | None
    unread: tuple[str, ...] = ()


def survey(text: str, group: Chat, now: datetime, working: Working = USUAL) -> SurveyArguments:
    """`QUESTION | OPTION | OPTION …`, or each on a line of its own, with instructions anywhere among them.

    Raises BadArguments, ClosingPassed, and the refusals of Question.
    """
    written = BAR.split(text) if BAR.search(text) else text.strip().splitlines() or [""]
    read = parts([visible(part) for part in written], group, now, working)
    if not read.question:
        raise BadArguments("survey.no_question")
    question = Question(read.question, read.options, bool(read.anonymous), bool(read.multiple))
    return SurveyArguments(question, read.closes_at, read.unread)


def parts(written: list[str], group: Chat, now: datetime, working: Working = USUAL) -> Ballot:
    """The question, the options, and what the instructions among them say. Raises ClosingPassed."""
    first, *others = written
    read = ballot.read([first, *filter(None, others)], group.local(now), working=working)
    if read.is_past:
        raise ClosingPassed
    return read


def closing(text: str, group: Chat, now: datetime, working: Working = USUAL) -> datetime:
    """A closing time. Raises BadArguments, ClosingPassed."""
    try:
        due = ballot.read_closing(text, group.local(now), working=working)
    except deadline.Past as error:
        raise ClosingPassed from error
    except deadline.DeadlineError as error:
        raise BadArguments("survey.bad_closing") from error
    if due is None:
        raise BadArguments("survey.bad_closing")
    return due
