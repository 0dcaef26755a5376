from tests.samples import Samples, Values, Words, group_of


def values(words: Words) -> Values:
    return {"group": [group_of(words)]}


SAMPLES = Samples("draft", values)
