"""Rectification (整改): a finding, what is done about it, who verifies it, and whether it came back."""

from domain.life.rectification.feature import FEATURE
from domain.life.rectification.findings import HasFindings

__all__ = ["FEATURE", "HasFindings"]
