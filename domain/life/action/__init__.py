"""Front-line actions (一线建功): a problem with its figure, a team, a target, and what came of it."""

from domain.life.action.feature import FEATURE, HasActions

__all__ = ["FEATURE", "HasActions"]
