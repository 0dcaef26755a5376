from datetime import date

from domain.points.scheme import default
from domain.points.scheme.problem import Fault, Problem
from domain.points.scheme.simulation import BranchChange, Change, Simulated
from tests.samples import MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    problems = [Problem(MILLION, fault.value, words(40), words(40)) for fault in Fault]
    people = [Change(somebody(words), words(60), 3, MILLION), Change(somebody(words), "", 3, 1)]
    branches = [BranchChange(words(60), MILLION, 3, MILLION), BranchChange("", 1, 3, 1)]
    return {
        "fault": problems,
        "problems": [problems, problems[:1]],
        "scheme": [default.scheme()],
        "simulated": [
            Simulated(MONDAY, people, branches, MILLION, 5),
            Simulated(date(2026, 1, 1), [], [], 0, 0),
        ],
    }


SAMPLES = Samples("scheme", values)
