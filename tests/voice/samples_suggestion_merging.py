from tests.samples import BOTH, MILLION, Samples, Values, Words
from tests.voice.samples_suggestion import suggestion_of


def values(words: Words) -> Values:
    return {"count": [1, MILLION], "new": BOTH, "suggestion": [suggestion_of(words)]}


SAMPLES = Samples("suggestion_merging", values)
