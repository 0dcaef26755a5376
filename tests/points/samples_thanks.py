from domain.ids import ChatId, ThanksId
from domain.points.thanks import Became, Pair, Thanked, Thanks
from tests.samples import AT, MANY, MILLION, MONDAY, Samples, Values, Words, awaited, nameless, somebody


def values(words: Words) -> Values:
    one = somebody(words)
    given = Thanks(ThanksId(1), ChatId(1), one, one, words(200), MONDAY, AT)
    return {
        "a_day": [5],
        "day": [MONDAY],
        "left": [0, 3],
        "length": [MILLION],
        "more": [0, MILLION],
        "most": [200],
        "name": [words(255)],
        "nearest": ["", words(255)],
        "pairs": [[], [Pair(one, nameless(words), 4, 4)] * MANY],
        "people": [[one], [awaited(words)] * MANY],
        "reason": [words(200)],
        "tail": ["", "123"],
        "thanked": [Thanked(one, [one] * count, words(200), became, 2) for became in Became for count in (1, MANY)],
        "thanks": [[given], [given] * 5],
        "times": [1, MILLION],
        "username": [None, words(32)],
        "where": ["", words(60)],
    }


SAMPLES = Samples("thanks", values)
