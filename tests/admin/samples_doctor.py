from tests.samples import AT, MILLION, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "at": [AT],
        "count": [MILLION],
        "encoding": ["SQL_ASCII"],
        "file": [words(255)],
        "host": [words(255)],
        "name": [words(255)],
        "place": [words(255), "JINGYI_AUDIT_KEY"],
        "process": ["4194304", ""],
        "reason": [words(255)],
        "seconds": ["0.1"],
        "version": ["0001"],
        "year": [2027],
        "years": ["2026, 2027"],
    }


SAMPLES = Samples("doctor", values)
