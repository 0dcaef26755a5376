from dataclasses import replace

from domain.voice.naming import Naming
from domain.voice.suggestion.letters import MAX_LETTER_CHARS, Written
from tests.samples import MILLION, Samples, Values, Words
from tests.voice.samples_suggestion import suggestion_of


def values(words: Words) -> Values:
    one = suggestion_of(words)
    unseen = replace(one, naming=Naming.ANONYMOUS)
    return {
        "length": [0, MILLION],
        "most": [MAX_LETTER_CHARS],
        "number": [MILLION],
        "suggestion": [one, unseen],
        "words": [words(MAX_LETTER_CHARS)],
        "written": [Written(one, True), Written(unseen, True), Written(one, False)],
    }


SAMPLES = Samples("suggestion_channel", values)
