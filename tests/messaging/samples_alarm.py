from domain.messaging.alarm import LISTED, Found
from tests.samples import MILLION, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "chain": [Found((str(2**31),), 1), Found((), 0)],
        "differs": [Found(("7", "7:1:2026-11-23"), 2), Found((), 0)],
        "seal": [Found(("gone:audit:3",), 1), Found(("changed:ledger:3",) * LISTED, MILLION), Found((), 0)],
        "removed": [Found((words(255),) * LISTED, MILLION), Found((words(255),), 1)],
        "set_aside": [Found((str(2**31),) * LISTED, MILLION), Found((), 0)],
    }


SAMPLES = Samples("alarm", values)
