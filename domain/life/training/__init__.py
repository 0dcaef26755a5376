"""Trainings: a plan by quarter, sessions that are meetings, tests, certificates, and who is due."""

from domain.life.training.feature import FEATURE, HasTrainings

__all__ = ["FEATURE", "HasTrainings"]
