from domain.ids import ChatId, MemberId, SurveyId
from domain.messaging.message import Text
from domain.missing import Gap, Someone
from domain.report.missing import Found, Reminded
from domain.study.item import Lesson
from domain.voice.survey import Question, Survey
from handlers.report.missing import _pages
from tests.samples import AT, MILLION, Samples, Values, Words, group_of, somebody


def values(words: Words) -> Values:
    group = group_of(words)
    people = [Someone(words(255), MemberId(number)) for number in range(130)]
    lesson = Text("study.missing", {"lesson": Lesson("a", words(30), words(30), words(1000), words(200))})
    survey = Survey(SurveyId(1), ChatId(1), somebody(words), Question(words(300), ("a", "b"), True), AT, AT)
    secret = Gap(Text("survey.missing_anonymous", {"survey": survey, "voters": MILLION}), ())
    found = [Gap(lesson, people), Gap(lesson, people[:50]), *[secret] * 20]
    return {
        "count": [1, MILLION],
        "group": [group],
        "lines": [*_pages(Found(group, found)), []],
        "own": [MemberId(1), MemberId(1000)],
        "reminded": [None, Reminded(MILLION, MILLION, people, MILLION), Reminded(0, 0, (), 0)],
        "waiting": [[lesson], [lesson] * 20],
    }


SAMPLES = Samples("missing", values)
