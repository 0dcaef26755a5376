from domain.ids import ChatId, SurveyId
from domain.messaging.poll import Tally
from domain.people.person import Rate
from domain.voice.survey import Question, Survey, Turnout
from tests.samples import AT, BOTH, MILLION, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    question = Question(words(300), tuple(f"{number:2}{words(98)}" for number in range(12)), True)
    return {
        "anonymous": BOTH,
        "days": [30],
        "most": [2000],
        "option": [words(4000)],
        "options": [question.options],
        "published": [1, MILLION],
        "question": [words(300)],
        "survey": [Survey(SurveyId(1), ChatId(1), somebody(words), question, AT, AT)],
        "tally": [Tally((MILLION,) * 12, MILLION), Tally((), 0)],
        "turnout": [Turnout(MILLION, Rate(1, 3)), Turnout(0, None)],
        "voters": [1, MILLION],
        "words": [words(4000)],
    }


SAMPLES = Samples("survey", values)
