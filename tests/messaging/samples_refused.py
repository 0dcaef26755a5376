from domain.messaging.refused import Why
from tests.samples import MILLION, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "number": [1, MILLION],
        "question": [words(300)],
        "title": [words(255)],
        "why": list(Why),
    }


SAMPLES = Samples("refused", values)
