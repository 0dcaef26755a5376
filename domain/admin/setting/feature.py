"""What settings contribute to the rest of the domain."""

from domain.admin.setting.model import SETTING_CHANGED
from domain.feature import Feature

FEATURE = Feature("setting", audit=(SETTING_CHANGED,))
