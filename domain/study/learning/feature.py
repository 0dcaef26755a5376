"""What the figures of learning contribute to the rest of the domain."""

from domain.feature import Feature
from domain.study.learning.reporting import EXPORT

FEATURE = Feature("learning", export=EXPORT)
