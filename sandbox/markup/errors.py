"""The one error of this package."""

from __future__ import annotations


class MarkupError(ValueError):
    """A text that Telegram refuses.

    `description` is Telegram's own wording, to be put behind "Bad Request: ".
    """

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description


def malformed(detail: str) -> MarkupError:
    """An error in the markup itself."""
    return MarkupError(f"can't parse entities: {detail}")


def byte_offset(text: str, position: int) -> int:
    """Where a character begins, in bytes of UTF-8."""
    return len(text[:position].encode())
