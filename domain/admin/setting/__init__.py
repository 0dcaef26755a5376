"""Settings of the enterprise, a branch, a group, a person: what is not set comes from the one above."""

from domain.admin.setting.feature import FEATURE
from domain.admin.setting.model import (
    ENTERPRISE,
    SETTING_CHANGED,
    SETTINGS,
    Kept,
    Line,
    Name,
    Page,
    Ranking,
    Reminding,
    Scope,
    Settings,
    Where,
)
from domain.admin.setting.service import (
    cap_of,
    change,
    inherit,
    morning_of,
    page,
    ranking_of,
    reminding_of,
    value_of,
)

__all__ = [
    "ENTERPRISE",
    "FEATURE",
    "SETTINGS",
    "SETTING_CHANGED",
    "Kept",
    "Line",
    "Name",
    "Page",
    "Ranking",
    "Reminding",
    "Scope",
    "Settings",
    "Where",
    "cap_of",
    "change",
    "inherit",
    "morning_of",
    "page",
    "ranking_of",
    "reminding_of",
    "value_of",
]
