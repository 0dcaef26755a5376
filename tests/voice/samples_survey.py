from dataclasses import replace
from datetime import timedelta

from domain.ids import ChatId, SurveyId
from domain.messaging.chat import Chat, ChatKind
from domain.messaging.poll import Tally
from domain.people.person import Rate
from domain.voice.survey import Missing, Question, Survey, Turnout
from domain.voice.survey.today import SHOWN
from tests.samples import AT, BOTH, MILLION, Samples, Values, Words, somebody

DAY = timedelta(days=1)


def values(words: Words) -> Values:
    group = Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)
    question = Question(words(300), tuple(f"{number:2}{words(98)}" for number in range(12)), True, True)
    return {
        "step": [{}, {"rate": 5, "active": -1, "read": 3, "on_time": -2, "voters": 1, "made": 4}],
        "anonymous": BOTH,
        "closes_at": [None, AT],
        "count": [1, MILLION],
        "gone": BOTH,
        "group": [group],
        "missing": [Missing(MILLION, {}), Missing(0, {})],
        "multiple": BOTH,
        "others": [0, MILLION],
        "unread": [[], [words(300)] * 12],
        "at": [AT],
        "days": [30],
        "more": [0, MILLION],
        "most": [2000],
        "option": [words(4000)],
        "options": [question.options],
        "published": [1, MILLION],
        "question": [words(300)],
        "surveys": [[(survey(words, anonymous), group)] * SHOWN for anonymous in BOTH],
        "survey": [
            replace(asked, withdrawn_at=withdrawn, nudged_at=nudged)
            for asked in (Survey(SurveyId(1), ChatId(1), somebody(words), question, AT, AT + DAY),)
            for withdrawn, nudged in ((None, None), (AT + 3 * DAY, None), (None, AT))
        ],
        "tally": [Tally((MILLION,) * 12, MILLION), Tally((), 0)],
        "turnout": [Turnout(MILLION, Rate(1, 3)), Turnout(0, None)],
        "voters": [1, MILLION],
        "words": [words(4000)],
    }


def survey(words: Words, anonymous: bool) -> Survey:
    """One with the longest question."""
    return Survey(SurveyId(1), ChatId(1), somebody(words), Question(words(300), ("a", "b"), anonymous), AT, AT)


SAMPLES = Samples("survey", values)
