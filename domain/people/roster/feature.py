"""What the roster contributes to the rest of the domain."""

from domain.feature import Feature

FEATURE = Feature("roster")
