from domain.voice.suggestion import Backed
from tests.samples import BOTH, MILLION, Samples, Values, Words
from tests.voice.samples_suggestion import suggestion_of


def values(words: Words) -> Values:
    one = suggestion_of(words)
    return {
        "alike": [[Backed(one, 3), Backed(one, 0), Backed(one, MILLION)], []],
        "count": [1, MILLION],
        "into": [Backed(one, MILLION)],
        "new": BOTH,
        "number": [MILLION],
        "suggestion": [one],
    }


SAMPLES = Samples("suggestion_merging", values)
