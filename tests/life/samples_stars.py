from tests.samples import MILLION, MONDAY, TUESDAY, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "first": [MONDAY],
        "last": [TUESDAY],
        "stars": [0, 5],
        "score": [0.0, 96.4, 100.0],
        "more": [1, MILLION],
        "title": [words(60)],
        "grade": [words(60)],
    }


SAMPLES = Samples("stars", values)
