from tests.samples import Samples, Values, Words


def values(_: Words) -> Values:
    return {"year": [2027]}


SAMPLES = Samples("calendar", values)
