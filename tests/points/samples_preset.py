from domain.points.preset import Preset
from tests.samples import Samples, Values, Words


def values(_: Words) -> Values:
    return {"preset": list(Preset)}


SAMPLES = Samples("preset", values)
