from domain.messaging.message import Text
from tests.samples import BOTH, Samples, Values, Words


def values(_: Words) -> Values:
    return {"meant": [Text("points.menu_points"), Text("task.menu_task")], "look": BOTH}


SAMPLES = Samples("words", values)
