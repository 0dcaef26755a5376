"""Cross-inspection: branches inspect one another by a rubric, answer what was found, and are ranked."""

from domain.life.inspection.feature import FEATURE, HasInspections

__all__ = ["FEATURE", "HasInspections"]
