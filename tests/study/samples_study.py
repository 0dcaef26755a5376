from collections.abc import Mapping
from typing import Any

from domain.points.points import Credit, Rule
from domain.study.study import Lesson
from tests.samples import MILLION, MONDAY, Samples, Values, Words


def values(words: Words) -> Values:
    return {
        "credit": [Credit(Rule.TASK_ON_TIME, 5, False, MILLION), Credit(Rule.STUDY_READ, 0, True, MILLION), None],
        "day": [MONDAY],
        "lesson": [Lesson("a", words(30), words(30), words(1000), words(200))],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """A member is told of a read item only with the credit for it."""
    return text != "read_toast" or shown["credit"] is not None


SAMPLES = Samples("study", values, occurs)
