"""What can be wrong with a file of rules beyond what is wrong with any file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.admin.toml.problem import Problem


class RuleFault(StrEnum):
    """A kind of mistake in rules; each has words of its own (`scheme.fault`)."""

    RESERVED = "reserved"
    UNKNOWN_EVENT = "unknown_event"
    UNKNOWN_FACT = "unknown_fact"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_PERIOD = "unknown_period"
    SHADOWED = "shadowed"
    OVERLAP = "overlap"
    EMPTY_WINDOW = "empty_window"
    CAP_TOO_LOW = "cap_too_low"
    CAPS_CONTRADICT = "caps_contradict"
    FLOOR_ABOVE = "floor_above"
    CEILING_TOO_LOW = "ceiling_too_low"
    PAST = "past"


class WrongScheme(Refusal):
    """A file of rules that cannot be used."""

    text = "scheme.wrong"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=problems)
        self.problems = problems
