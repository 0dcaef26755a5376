"""What suggestions contribute to the rest of the domain."""

from domain.feature import Feature
from domain.voice.suggestion.reporting import EXPORT, SECTION
from domain.voice.suggestion.service import MADE

FEATURE = Feature("suggestion", events=(MADE,), section=SECTION, export=EXPORT)
