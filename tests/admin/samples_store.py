from domain.admin.audit import FIRST, Tip
from domain.ids import ChatId
from domain.points.verify import Difference
from tests.samples import MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    who = somebody(words).id
    return {
        "count": [MILLION],
        "difference": [
            Difference(who, MILLION, -1, ChatId(1), MONDAY),
            Difference(who, 0, MILLION),
            Difference(who, 1, 2, ChatId(1), MONDAY, "study"),
        ],
        "file": [words(255)],
        "kept": [words(255), ""],
        "number": [2**53],
        "process": ["4194304", ""],
        "reason": [words(255)],
        "seconds": ["0.1"],
        "size": ["1234.5 MB"],
        "tip": [Tip(MILLION, "f" * 64), Tip(0, FIRST)],
    }


SAMPLES = Samples("store", values)
