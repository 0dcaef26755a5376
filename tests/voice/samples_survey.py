from domain.ids import ChatId, SurveyId
from domain.messaging.chat import Chat, ChatKind
from domain.messaging.poll import Tally
from domain.people.person import Rate
from domain.voice.survey import Question, Survey, Turnout
from domain.voice.survey.today import SHOWN
from tests.samples import AT, BOTH, MILLION, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    group = Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)
    question = Question(words(300), tuple(f"{number:2}{words(98)}" for number in range(12)), True)
    return {
        "step": [{}, {"rate": 5, "active": -1, "read": 3, "on_time": -2, "voters": 1, "made": 4}],
        "anonymous": BOTH,
        "at": [AT],
        "days": [30],
        "more": [0, MILLION],
        "most": [2000],
        "option": [words(4000)],
        "options": [question.options],
        "published": [1, MILLION],
        "question": [words(300)],
        "surveys": [[(survey(words, anonymous), group)] * SHOWN for anonymous in BOTH],
        "survey": [Survey(SurveyId(1), ChatId(1), somebody(words), question, AT, AT)],
        "tally": [Tally((MILLION,) * 12, MILLION), Tally((), 0)],
        "turnout": [Turnout(MILLION, Rate(1, 3)), Turnout(0, None)],
        "voters": [1, MILLION],
        "words": [words(4000)],
    }


def survey(words: Words, anonymous: bool) -> Survey:
    """One with the longest question."""
    return Survey(SurveyId(1), ChatId(1), somebody(words), Question(words(300), ("a", "b"), anonymous), AT, AT)


SAMPLES = Samples("survey", values)
