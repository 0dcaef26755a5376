"""Lean figures of tasks: how long they take, where they wait, how often they come back, how many are on time."""

from domain.work.lean.feature import FEATURE

__all__ = ["FEATURE"]
