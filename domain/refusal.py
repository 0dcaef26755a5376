"""What a person asked for and cannot have."""

from typing import Any, ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """A request that is refused: one line to the person who asked, nothing stored.

    Each kind of refusal is a subclass that names its text; `values` are that text's parameters.
    """

    text: ClassVar[str]

    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.values = values


class NotAllowed(Refusal):
    """What was asked for takes a role that the person does not have."""

    text = "general.not_allowed"


class NoMore(Refusal):
    """What a button is about is no more."""

    text = "general.button_over"


class WrongPlace(Refusal):
    """The command makes sense in a group only."""

    text = "general.group_only"
