"""Find out whom a written name means. Only a group's own people count, and an unclear name is asked about."""

from domain.feature import Feature
from domain.people.naming.directory import EVERYBODY, MAX_CHOICES, Directory, directory, key
from domain.people.naming.meaning import accounts, choices, meant, settled, shown
from domain.people.naming.model import (
    Called,
    Chosen,
    HasGone,
    Kind,
    Meant,
    NeverSpoken,
    Nobody,
    NobodyThere,
    Part,
    Somebody,
    Unclear,
    Wanted,
    Whole,
)

FEATURE = Feature("naming")

__all__ = [
    "EVERYBODY",
    "FEATURE",
    "MAX_CHOICES",
    "Called",
    "Chosen",
    "Directory",
    "HasGone",
    "Kind",
    "Meant",
    "NeverSpoken",
    "Nobody",
    "NobodyThere",
    "Part",
    "Somebody",
    "Unclear",
    "Wanted",
    "Whole",
    "accounts",
    "choices",
    "directory",
    "key",
    "meant",
    "settled",
    "shown",
]
