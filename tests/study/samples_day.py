from domain.admin.setting import Studying
from domain.ids import ChatId, StudyItemId
from domain.messaging.chat import Chat, ChatKind
from domain.messaging.message import Text
from domain.study.choosing import Choice, Reason
from domain.study.day.model import Line, LineState, Plan
from domain.study.day.planning import Choosable
from domain.study.item import Lesson, StudyItem
from tests.samples import BOTH, MILLION, MONDAY, Samples, Values, Words


def _lesson(words: Words) -> Lesson:
    return Lesson("a", words(30), words(30), words(1000), words(200))


def values(words: Words) -> Values:
    lesson = _lesson(words)
    item = StudyItem(StudyItemId(1), lesson)
    choices = [Choice(item.id, reason, 3, words(60)) for reason in Reason]
    lines = [Line(MONDAY, state, item, choice) for state in LineState for choice in (*choices[:1], None)]
    nothing = [Line(MONDAY, LineState.EMPTY), Line(MONDAY, LineState.WITHDRAWN)]
    here = Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)
    return {
        "choice": choices,
        "count": [0, 1, MILLION],
        "day": [MONDAY],
        "group": [here],
        "has_read": BOTH,
        "lesson": [lesson],
        "line": [*lines, *nothing],
        "missed": [0, 5],
        "one": [Choosable(item, recent) for recent in BOTH],
        "parts": [[], [Text("study.nothing")]],
        "plan": [
            Plan(here, [Line(MONDAY, LineState.CHOSEN, item, choice) for choice in choices[:5]], (2027,), stale=True),
            Plan(here, nothing),
        ],
        "studying": list(Studying),
        "title": [words(30)],
        "withdrawn": BOTH,
    }


SAMPLES = Samples("day", values, differing={"menu": lambda words: {"lesson": [_lesson(words), None]}})
