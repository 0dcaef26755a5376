"""Measures of improvement (PDCA): what is tried, the figure that it should move, and what became of it."""

from domain.work.measure.feature import FEATURE

__all__ = ["FEATURE"]
