from domain.messaging.message import Text
from tests.samples import MILLION, MONDAY, Samples, Values, Words


def values(words: Words) -> Values:
    parts = [
        Text("draft.today"),
        Text("missing.today", {"count": MILLION}),
        Text("points.today", {"week": MILLION, "total": MILLION}),
    ]
    return {"day": [MONDAY], "parts": [parts, parts[2:]], "free": [False, True]}


SAMPLES = Samples("today", values)
