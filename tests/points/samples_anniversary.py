from domain.admin.setting import Marking
from domain.points.anniversary import Jubilee
from tests.samples import MILLION, MONDAY, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "day": [MONDAY],
        "marking": list(Marking),
        "more": [0, MILLION],
        "name": [words(255)],
        "people": [[Jubilee(words(255), 1)], [Jubilee(words(255), 79)] * 20],
        "years": [1, 79],
    }


SAMPLES = Samples("anniversary", values)
