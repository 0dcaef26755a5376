"""Activities: asked first, proposed, approved, signed up for, held, and looked back at."""

from domain.life.activity.feature import FEATURE, HasActivities

__all__ = ["FEATURE", "HasActivities"]
