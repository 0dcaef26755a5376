"""The figures of an evaluation, counted for all branches or persons at once; one module for each indicator."""

from storage.life.indicators.store import Indicators

__all__ = ["Indicators"]
