from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.admin.toml.problem import Fault, Problem
from domain.points.scheme import default
from domain.points.scheme.problem import RuleFault
from domain.points.scheme.simulation import BranchChange, Change, Simulated
from domain.points.scheme.versions import Version
from sheets import Reason
from tests.samples import AT, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    problems = [Problem(MILLION, fault.value, words(40), words(40)) for fault in (*Fault, *RuleFault)]
    people = [Change(somebody(words), words(60), 3, MILLION), Change(somebody(words), "", 3, 1)]
    branches = [BranchChange(words(60), MILLION, 3, MILLION), BranchChange("", 1, 3, 1)]
    return {
        "fault": problems,
        "problems": [problems, problems[:1]],
        "scheme": [default.scheme()],
        "version": [Version(MILLION, MONDAY, words(90), None, AT)],
        "wrong": list(Reason),
        "simulated": [
            None,
            Simulated(MONDAY, people, branches, MILLION, 5),
            Simulated(date(2026, 1, 1), [], [], 0, 0),
        ],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """The command line always has a simulation to show."""
    return text != "simulated" or shown["simulated"] is not None


SAMPLES = Samples("scheme", values, occurs)
