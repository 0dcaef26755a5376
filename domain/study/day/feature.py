"""What the plan of study days contributes to the rest of the domain."""

from domain.feature import Feature
from domain.study.day.model import ALLOWED, BANNED, RELEASED, SCHEDULED, WITHDRAWN

FEATURE = Feature("day", audit=(SCHEDULED, WITHDRAWN, RELEASED, BANNED, ALLOWED))
