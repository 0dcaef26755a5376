"""A roster that waits for its button."""

from domain.messaging.draft import Draft
from domain.refusal import Refusal
from handlers.context import Context


class PressButton(Refusal):
    """What a file would change is agreed to, or not, with a button."""

    text = "roster.awaits_button_press"


async def refuse_words(_: Context, __: Draft) -> None:
    """Words where a button is to be pressed. Raises PressButton."""
    raise PressButton


STEPS = {"preview": refuse_words}
