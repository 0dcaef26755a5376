from handlers.voice.hiding import MOST_SHOWN
from tests.samples import MILLION, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "added": [0, MILLION],
        "count": [0, MILLION],
        "most": [2000],
        "removed": [0, MILLION],
        "words": [[words(32)] * MOST_SHOWN, []],
    }


SAMPLES = Samples("suggestion_words", values)
