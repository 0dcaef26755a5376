"""What people type about surveys, as typed values."""

import re
from dataclasses import dataclass
from datetime import datetime

import plain
from domain.messaging.chat import Chat
from domain.voice.survey import Question
from handlers.arguments import BAR, USUAL, BadArguments, visible
from language import deadline
from language.deadline import Working

CLOSING = re.compile(r"(?:截止|截至|closes?)\s*+[:：]\s*+(.*)", re.IGNORECASE | re.DOTALL)
ANONYMOUS = ("匿名", "anonymous")
NAMED = ("实名", "named", "with names")
# Before the question, where it is set apart: 匿名：…, 【匿名】….
MARK = re.compile(
    r"(?:[【\[（(](匿名|实名|anonymous)[】\]）)]|(匿名|实名|anonymous)(?=[\s:：]))[\s:：]*+(.+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class SurveyArguments:
    """What `/survey` asks for."""

    question: Question
    closes_at: datetime | None


def survey(text: str, group: Chat, now: datetime, working: Working = USUAL) -> SurveyArguments:
    """`[匿名] QUESTION | OPTION | OPTION … [| 匿名] [| 截止：…]`, or each on a line of its own.

    Raises BadArguments and the refusals of Question.
    """
    written = BAR.split(text) if BAR.search(text) else text.strip().splitlines() or [""]
    question, *parts = map(visible, written)
    closes_at, options, anonymous = None, [], False
    if marked := MARK.fullmatch(question):
        anonymous, question = (marked[1] or marked[2]).lower() in ANONYMOUS, visible(marked[3])
    if not question:
        raise BadArguments("survey.no_question")
    for part in filter(None, parts):
        closing = CLOSING.fullmatch(part)
        if closing:
            closes_at = _closing(closing[1], group, now, working)
        elif plain.line(part).lower() in ANONYMOUS:
            anonymous = True
        else:
            options.append(part)
    return SurveyArguments(Question(question, tuple(options), anonymous), closes_at)


def _closing(text: str, group: Chat, now: datetime, working: Working) -> datetime:
    try:
        reading = deadline.read(text, group.local(now), working=working)
    except deadline.DeadlineError as error:
        raise BadArguments("survey.bad_closing") from error
    if reading is None or reading.rest:
        raise BadArguments("survey.bad_closing")
    return reading.due
