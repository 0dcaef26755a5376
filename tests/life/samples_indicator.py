from dataclasses import replace
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from domain.life.evaluation.indicator import BY_WORD, INDICATORS, NO_DATA, WITHHELD, Figure, Period
from domain.life.evaluation.reading import read
from domain.life.evaluation.rules import Placed
from domain.life.evaluation.scheme import NO_GRADE
from domain.life.evaluation.simulation import Line, Simulated
from tests.architecture.source import ROOT
from tests.samples import Samples, Values, Words

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31), ZoneInfo("Asia/Shanghai"))
A_FEW = 6  # lines; a terminal has no limit of characters
FIGURES = [NO_DATA, WITHHELD, Figure(Fraction(2, 3), 3), Figure(Fraction(1), 1)]


def simulated(words: Words) -> list[Simulated]:
    found = read((ROOT / "texts" / "zh" / "samples" / "stars.toml").read_text("utf-8"))
    items = [replace(one, title=words(30), title_en="") for one in found.items]
    grades = [replace(one, title=words(12), title_en="") for one in found.grades]
    scheme = replace(found, title=words(30), items=items, grades=grades)
    figures = {item.name: FIGURES[place % len(FIGURES)] for place, item in enumerate(scheme.counted)}
    line = Line(words(60), Placed(1, 9640, 1, 1, 5), scheme.grade(5), figures)
    none = replace(line, placed=Placed(2, 0, 2, 2, 0), grade=NO_GRADE)
    bare = replace(scheme, items=scheme.counted)
    return [Simulated(scheme, YEAR, [line, none]), Simulated(bare, YEAR, [line] * A_FEW), Simulated(bare, YEAR, [])]


def values(words: Words) -> Values:
    return {
        "word": [*BY_WORD],
        "figure": FIGURES,
        "indicators": [INDICATORS],
        "simulated": simulated(words),
        "scheme": [one.scheme for one in simulated(words)],
    }


SAMPLES = Samples("indicator", values)
