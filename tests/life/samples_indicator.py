from dataclasses import replace
from fractions import Fraction

from domain.ids import BranchId
from domain.life.evaluation.indicator import BY_WORD, NO_DATA, WITHHELD, Entry, Figure, Page, Unit
from domain.table import Code
from tests.samples import AT, MILLION, Samples, Values, Words


def entries(words: Words) -> list[Entry]:
    one = Entry(BranchId(1), AT, words(300), words(60), Fraction(1), 1, "task:7")
    return [
        one,
        replace(one, part=Fraction(0), who=""),
        replace(one, part=Fraction(1, 3)),
        replace(one, of=0),
        replace(one, part=Fraction(7, 2), of=MILLION),
        replace(one, part=Fraction(7), of=MILLION),
        *(replace(one, what=Code(code)) for code in ("meeting.assembly", "not_studied", "secret_suggestion")),
    ]


def values(words: Words) -> Values:
    some = entries(words)
    return {
        "word": [*BY_WORD],
        "place": [words(60)],
        "figure": [NO_DATA, WITHHELD, Figure(Fraction(2, 3), 3), Figure(Fraction(MILLION), 1)],
        "unit": list(Unit),
        "page": [Page((), 0), Page((), 0, withheld=True), Page(some, len(some)), Page((some * 3)[:20], MILLION)],
        "first": [0, MILLION],
    }


SAMPLES = Samples("indicator", values)
