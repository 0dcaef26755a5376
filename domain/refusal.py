"""What a person asked for and cannot have."""

from enum import StrEnum
from typing import Any, ClassVar


class Helper(StrEnum):
    """Who can help somebody that was refused; the refusal then names them (`domain.people.helping`)."""

    SECRETARY = "secretary"
    ADMINISTRATOR = "administrator"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """A request that is refused: one line to the person who asked, nothing stored.

    Each kind of refusal is a subclass that names its text; `values` are that text's parameters. `helper` is who can
    help, if somebody can: their names follow the text.
    """

    text: ClassVar[str]
    helper: Helper | None = None

    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.values = values


class NotAllowed(Refusal):
    """What was asked for takes a role that the person does not have."""

    text = "general.not_allowed"

    def __init__(self, *, by: StrEnum, group_admins: bool, in_group: bool = False) -> None:
        """`by` is the role that it takes; `group_admins` may do it too; `in_group` means not in this chat."""
        super().__init__(by=by, group_admins=group_admins, in_group=in_group)
        self.helper = Helper(by.value)


class NoMore(Refusal):
    """What a button is about is no more."""

    text = "general.button_over"


class WrongPlace(Refusal):
    """The command makes sense in a group only."""

    text = "general.group_only"
