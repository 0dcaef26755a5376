import handlers
from handlers.command import Command
from tests.samples import Samples, Values, Words


def values(_: Words) -> Values:
    commands = sorted({one.told_as for one in handlers.features() if isinstance(one, Command) and one.told_as})
    return {"offered": [commands, ["help"]]}


SAMPLES = Samples("help", values)
