from domain.points.adjustment import Adjusted
from tests.points.samples_points import items
from tests.samples import MILLION, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    member, found = somebody(words), items(words)
    return {
        "by": [member],
        "done": [Adjusted(member, -5, words(200), MILLION, 7), Adjusted(member, -5, words(200), 0, 7, found[0])],
        "item": [found[0], None],
        "member": [member],
        "most": [1000],
        "points": [5, -MILLION],
        "reason": [words(200)],
    }


SAMPLES = Samples("adjustment", values, differing={"item_button": lambda words: {"item": items(words)}})
