from domain.voice.tagging import MAX_TAGS
from tests.samples import Samples, Values, Words


def values(_: Words) -> Values:
    return {"most": [MAX_TAGS], "sheet": ["tag_corrections"], "column": ["number", "tags", "at"]}


SAMPLES = Samples("tagging", values)
