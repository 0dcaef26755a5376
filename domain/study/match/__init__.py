"""Team matches: branches answer the same questions for a week."""

from domain.study.match.feature import FEATURE

__all__ = ["FEATURE"]
