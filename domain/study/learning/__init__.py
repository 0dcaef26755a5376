"""What was learnt: reach, understanding, what stays, and what is hard, by group and branch."""

from domain.study.learning.feature import FEATURE

__all__ = ["FEATURE"]
