"""Who is meant by names as people write them: matched against a group's people alone, and asked about where unclear."""

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
