from domain.points.adjustment import Adjusted
from domain.points.application import Offered
from domain.points.event import RuleName
from tests.points.samples_points import items
from tests.samples import MILLION, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    member, found = somebody(words), items(words)
    deduction, veto = Offered(RuleName(words(20)), "", -5), Offered(RuleName(words(20)), "", 0, veto=True)
    return {
        "by": [member],
        "done": [
            Adjusted(member, -5, words(200), MILLION, 7),
            Adjusted(member, -5, words(200), 0, 7, found[0]),
            Adjusted(member, 0, words(200), 0, 7, recorded=veto),
        ],
        "item": [found[0], None],
        "member": [member],
        "offered": [deduction, veto],
        "recorded": [deduction, veto, None],
        "most": [1000],
        "points": [5, -MILLION],
        "reason": [words(200)],
    }


SAMPLES = Samples("adjustment", values, differing={"item_button": lambda words: {"item": items(words)}})
