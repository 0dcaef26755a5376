from collections.abc import Mapping
from typing import Any

from domain.points.points import Credit, RuleName
from domain.study.study import Lesson
from tests.samples import BOTH, MILLION, MONDAY, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "answered": [0, MILLION],
        "credit": [
            Credit(RuleName("task.on_time"), 5, False, MILLION),
            Credit(RuleName("study.read"), 0, True, MILLION),
            None,
        ],
        "day": [MONDAY],
        "has_read": BOTH,
        "items": [1, 7],
        "lesson": [Lesson("a", words(30), words(30), words(1000), words(200))],
        "read": [1, MILLION],
        "right": [0, MILLION],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """A member is told of a read item only with the credit for it."""
    return text != "read_toast" or shown["credit"] is not None


SAMPLES = Samples("study", values, occurs)
