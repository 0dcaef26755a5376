from domain.people.person import Rate
from domain.points.event import RuleName
from domain.points.points import Credit
from domain.study.item import Lesson
from domain.study.running_low import Shortage
from tests.samples import BOTH, MILLION, MONDAY, Samples, Values, Words, group_of


def values(words: Words) -> Values:
    return {
        "step": [{}, {"rate": 5, "active": -1, "read": 3, "on_time": -2, "voters": 1, "made": 4}],
        "answered": [0, MILLION],
        "challengers": [0, 1, MILLION],
        "credit": [
            Credit(RuleName("task.on_time"), 5, False, MILLION),
            Credit(RuleName("study.read"), 0, True, MILLION),
            None,
        ],
        "day": [MONDAY],
        "fewest": [5],
        "group": [group_of(words)],
        "has_read": BOTH,
        "items": [1, 7],
        "longest": [0, 1, 100],
        "lesson": [Lesson("a", words(30), words(30), words(1000), words(200))],
        "read": [1, MILLION],
        "readers": [Rate(0, 1), Rate(4, 6), Rate(MILLION, MILLION)],
        "right": [0, MILLION],
        "shortage": [Shortage(MONDAY, 4), Shortage(None, 1), Shortage(MONDAY, None)],
    }


SAMPLES = Samples("study", values)
