from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from domain.life.evaluation.cards import Reviews
from domain.life.evaluation.indicator import Entry
from domain.life.evaluation.model import MAX_WORDS_CHARS, Mark
from domain.life.evaluation.opening import PER_PAGE, Opened
from domain.life.evaluation.pictures import Award, Days
from domain.messaging.message import Text
from domain.table import Code
from tests.life.samples_evaluation import SCORED, evaluated, evaluations, scheme, sheets
from tests.samples import AT, BOTH, MANY, MONDAY, TUESDAY, Samples, Values, Words


def entries(words: Words) -> list[Entry]:
    """Done, not done, half, not counted, and one whose words are the program's own."""
    parts = [(Fraction(1), 1), (Fraction(0), 1), (Fraction(1, 2), 1), (Fraction(0), 0)]
    told = [Entry(None, AT + timedelta(days=n), words(200), words(60), part, of) for n, (part, of) in enumerate(parts)]
    return [*told, replace(told[0], what=Code("meeting.assembly"), who="")]


def values(words: Words) -> Values:
    one, item = evaluated(words), scheme(words).item(SCORED)
    assert item is not None
    found = entries(words)
    lines = [(each, Text("audit.word", {"word": each.what}) if isinstance(each.what, Code) else None) for each in found]
    opened = [Opened(one, item, 1, found, 0, 200), Opened(one, item, 1, [], 0, 0), Opened(one, item, 1, [], 0, 3, True)]
    return {
        "award": [Award(words(60), words(30), words(30), Days(MONDAY, TUESDAY), words(60), TUESDAY)],
        "evaluated": [one],
        "found": [[(one, of)] * 3 for of in evaluations(words)[:1]],
        "happened": BOTH,
        "item": [item],
        "lines": [(lines * 3)[:PER_PAGE], [], []],
        "mark": [Mark(SCORED), Mark(SCORED, given=7)],
        "most": [MAX_WORDS_CHARS],
        "names": [[words(60)], [words(60)] * MANY],
        "opened": opened,
        "own": [None, 9],
        "points": [None, 7],
        "reviews": [Reviews(of, some) for of in evaluations(words) for some in ([one] * 9, [])],
        "sheet": sheets(words),
        "veto": list(scheme(words).vetoes),
    }


SAMPLES = Samples(
    "evaluated",
    values,
    lambda text, shown: text != "points_button" or shown["points"] is not None,
)
