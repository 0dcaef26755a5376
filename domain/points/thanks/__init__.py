"""Thanks: people thank each other for something, a few times a day."""

from domain.points.thanks.feature import FEATURE
from domain.points.thanks.model import (
    RECEIVED,
    Allowance,
    AllThanked,
    Became,
    Gone,
    NoReason,
    NotAPerson,
    NotHere,
    NotOnePerson,
    NotOneself,
    Pair,
    ReasonTooLong,
    Thanked,
    Thanks,
    ThanksOff,
    ThanksStore,
    checked,
)
from domain.points.thanks.pairs import MONTHLY, pairs, reciprocal
from domain.points.thanks.service import allowance, give, is_thanks, people, take_back

__all__ = [
    "FEATURE",
    "MONTHLY",
    "RECEIVED",
    "AllThanked",
    "Allowance",
    "Became",
    "Gone",
    "NoReason",
    "NotAPerson",
    "NotHere",
    "NotOnePerson",
    "NotOneself",
    "Pair",
    "ReasonTooLong",
    "Thanked",
    "Thanks",
    "ThanksOff",
    "ThanksStore",
    "allowance",
    "checked",
    "give",
    "is_thanks",
    "pairs",
    "people",
    "reciprocal",
    "take_back",
]
