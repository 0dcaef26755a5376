"""The use cases of the clock, for the test of permissions."""

from collections.abc import Callable
from datetime import time
from typing import Any

from bot.calendar import next_moment
from domain.clock import schedule
from domain.clock.schedule import LIST, Clockwork, Pressed, Wish, panel
from domain.clock.schedule.changing import note
from domain.clock.schedule.timetable import require_access
from domain.features import GROUP_SCHEDULES
from domain.messaging.message import NOWHERE
from domain.messaging.quiet import USUAL, Span
from domain.people.permission import Permission
from tests.use_cases import Case, Place, World

NOON = Span(time(12), time(13, 30))
CLOCKWORK = Clockwork(GROUP_SCHEDULES, next_moment)


def with_clockwork(**more: object) -> Callable[[World], dict[str, Any]]:
    return lambda _: {"clockwork": CLOCKWORK, **more}


ARGUMENTS = (
    (schedule.timetable, with_clockwork()),
    (schedule.open_panel, with_clockwork(page=LIST, key="k", thread=NOWHERE)),
    (schedule.turn, with_clockwork(pressed=Pressed(1, LIST), key="k")),
    (schedule.change, with_clockwork(word="study", wish=Wish(paused=True), key="k")),
    (schedule.change_quiet, with_clockwork(quiet=None, key="k")),
    *((one, with_clockwork(span=NOON, key="k")) for one in (schedule.add_quiet, schedule.move_quiet)),
    (schedule.remove_quiet, with_clockwork(span=USUAL.spans[0], key="k")),
    (schedule.follow_quiet, with_clockwork(key="k")),
)
CHANGE = Permission.CHANGE_SCHEDULES
CASES = (
    *(Case(use_case, CHANGE, Place.GROUP, arguments) for use_case, arguments in ARGUMENTS),
    *(Case(use_case, CHANGE, arguments=arguments, everywhere=True) for use_case, arguments in ARGUMENTS),
)
PARTS = {
    require_access: "asks itself, a part of others",
    panel.require_fresh: "a part of others",
    panel.refresh: "a part of others",
    note: "a part of others",
}
