"""Follow-up (督办): overdue tasks go to the next level, which says what is to be done."""

from domain.work.follow.feature import FEATURE
from domain.work.follow.model import (
    FollowUp,
    FollowUpNotFound,
    FollowUpOver,
    FollowUps,
    HasFollowUps,
    Item,
    Level,
    Listing,
    NoMeasure,
    Shown,
)
from domain.work.follow.service import close, deliver, listing, measure, rest, show

__all__ = [
    "FEATURE",
    "FollowUp",
    "FollowUpNotFound",
    "FollowUpOver",
    "FollowUps",
    "HasFollowUps",
    "Item",
    "Level",
    "Listing",
    "NoMeasure",
    "Shown",
    "close",
    "deliver",
    "listing",
    "measure",
    "rest",
    "show",
]
