"""The stores of all areas, for what serves every area: whoever knows this module knows no area by it."""

from domain.report.features import Stores

__all__ = ["Stores"]
