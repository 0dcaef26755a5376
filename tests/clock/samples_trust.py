from datetime import timedelta

from tests.samples import Samples, Values, Words


def values(_: Words) -> Values:
    return {"ahead": [timedelta(days=365), timedelta(hours=2), timedelta(days=-1), timedelta(days=-99)]}


SAMPLES = Samples("trust", values)
