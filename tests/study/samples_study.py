from domain.people.person import Rate
from domain.points.event import RuleName
from domain.points.points import Credit
from domain.study.item import Lesson
from tests.samples import BOTH, MILLION, MONDAY, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "step": [{}, {"rate": 5, "active": -1, "read": 3, "on_time": -2, "voters": 1, "made": 4}],
        "answered": [0, MILLION],
        "credit": [
            Credit(RuleName("task.on_time"), 5, False, MILLION),
            Credit(RuleName("study.read"), 0, True, MILLION),
            None,
        ],
        "day": [MONDAY],
        "has_read": BOTH,
        "items": [1, 7],
        "lesson": [Lesson("a", words(30), words(30), words(1000), words(200))],
        "read": [1, MILLION],
        "readers": [Rate(0, 1), Rate(4, 6), Rate(MILLION, MILLION)],
        "right": [0, MILLION],
    }


SAMPLES = Samples("study", values)
