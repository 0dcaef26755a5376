import handlers
from domain.messaging.message import Text
from handlers.feature import Section
from handlers.messaging.general import Lines
from tests.samples import Samples, Values, Words


def values(_: Words) -> Values:
    lines = {section: [] for section in Section}
    for entry in handlers.ENTRIES:
        if entry.help is not None:
            lines[entry.help.section].append(Text(entry.help_text))
    full = [Lines(Text(f"help.{section}"), told) for section, told in lines.items()]
    return {"sections": [full, full[:1]]}


SAMPLES = Samples("help", values)
