from dataclasses import replace

from domain.work.lean.figures import Gauge, Kind, Lean, Phase
from domain.work.lean.report import LISTED, Report, Unit
from tests.samples import BOTH, MILLION, MONDAY, TUESDAY, Samples, Values, Words

FULL = Lean(MILLION, MILLION - 1, 12345.6, MILLION, 7, MILLION, dict.fromkeys(Phase, 12345.6))
PLAIN = Lean(6, 5, 1.25, 0, 0, 0, {})


def reports(words: Words) -> list[Report]:
    units = [Unit(words(60), FULL)] * LISTED
    nothing = Report(words(60), MONDAY, TUESDAY, Lean(), Lean(), (), 0, {})
    return [
        Report(words(60), MONDAY, TUESDAY, FULL, FULL, units, MILLION, dict.fromkeys(Kind, FULL)),
        replace(nothing, all=PLAIN, kinds={Kind.PLAIN: PLAIN}),
        replace(nothing, all=Lean(3, 2)),
        nothing,
    ]


def values(words: Words) -> Values:
    return {
        "apart": BOTH,
        "days": [30, 90],
        "first": [MONDAY],
        "gauge": [Gauge.LEAD, Gauge.ON_TIME, None],
        "last": [TUESDAY],
        "lead": [0.0, 12345.67],
        "name": [words(40)],
        "phase": ["waiting", *(one.value for one in Phase)],
        "report": reports(words),
        "value": [12345.678],
        "what": ["all", "unit"],
    }


SAMPLES = Samples("lean", values, differing={"picture_line": lambda _: {"what": ["kind"], "name": ["plain"]}})
