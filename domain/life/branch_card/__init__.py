"""The culture card of a branch: who it is, what it stands for, what it was honoured with."""

from domain.life.branch_card.feature import FEATURE, HasBranchCards

__all__ = ["FEATURE", "HasBranchCards"]
