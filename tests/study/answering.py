"""How dialogues answer questions in private."""

import re

from tests.dialogue import Place

THINKING = 60  # seconds


def letter_of(place: Place, option: str) -> str:
    """The letter that an option has in the newest question."""
    found = re.findall(rf"^([A-Z])\. {re.escape(option)}$", place.newest(), re.MULTILINE)
    assert found, place.newest()
    return str(found[-1])


async def answers(place: Place, who: str, *options: str) -> str:
    """Somebody thinks, and taps options; the notice that they see last."""
    place.world.sandbox.clock.move_by(THINKING)
    return [await place.presses(who, letter_of(place, option)) for option in options][-1]
