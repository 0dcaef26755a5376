"""Whether others see a person's name beside what they said."""

from enum import StrEnum


class Naming(StrEnum):
    """With the name, or without."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
