from handlers.voice.hiding import MAX_WORDS_SHOWN
from tests.samples import MILLION, Samples, Values, Words
from tests.voice.samples_suggestion import suggestion_of


def values(words: Words) -> Values:
    return {
        "added": [0, MILLION],
        "count": [0, MILLION],
        "most": [2000],
        "removed": [0, MILLION],
        "suggestion": [suggestion_of(words)],
        "words": [[words(32)] * MAX_WORDS_SHOWN, []],
    }


SAMPLES = Samples("suggestion_words", values)
