"""What the lean figures contribute to the rest of the domain: they only read."""

from domain.feature import Feature

FEATURE = Feature("lean")
