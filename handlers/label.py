"""The words of files that the program makes: what makes them is given a way to look texts up."""

from typing import Protocol


class Label(Protocol):
    """Looks up a text without markup, in a reader's language."""

    def __call__(self, text: str, /, **values: object) -> str:
        """The words of a text, by its name and values."""
