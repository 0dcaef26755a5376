from tests.samples import Samples, Values, Words


def values(words: Words) -> Values:
    return {"name": [words(255)], "nearest": [words(255), ""]}


SAMPLES = Samples("naming", values)
