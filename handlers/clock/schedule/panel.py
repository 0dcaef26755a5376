"""The buttons under /schedule."""

from contextlib import suppress
from datetime import time

from domain.clock.schedule import Entry, Timetable
from domain.messaging.message import Action, Button, Buttons
from domain.messaging.quiet import USUAL, Quiet, QuietTooLong

MORNING, DAY_S_END = range(7 * 60 + 30, 10 * 60, 30), range(16 * 60, 18 * 60 + 1, 30)  # minutes since midnight
NUDGE = 15
MINUTES_A_DAY = 24 * 60
BEGINS = (time(20), time(21), time(21, 30), time(22))
ENDS = (time(6, 30), time(7), time(7, 30), time(8))
A_ROW = 5


def minutes_of(clock: time) -> int:
    """Since midnight."""
    return 60 * clock.hour + clock.minute


def clock_of(minutes: int) -> time:
    """A time of day; what is more than a day goes round."""
    return time(minutes % MINUTES_A_DAY // 60, minutes % 60)


def of_list(table: Timetable) -> Buttons:
    """One for each schedule, and one for the quiet hours."""
    words = [entry.word for entry in table.entries] + ["quiet"]
    return [[Button("schedule.open_button", Action("schedule.open", word), {"word": word}) for word in words]]


def of_entry(entry: Entry, *, enterprise: bool) -> Buttons:
    """Times, weekdays where it has one, pause or go on, and the way back."""
    rows = [*_times(entry), *_weekdays(entry)]
    pause = Button("schedule.off_button", Action("schedule.off", entry.word))
    last = [Button("schedule.on_button", Action("schedule.on", entry.word)) if entry.paused else pause]
    if entry.chosen and not enterprise:
        last.append(Button("schedule.follow_button", Action("schedule.follow", entry.word)))
    return [*rows, [*last, _BACK]]


def _times(entry: Entry) -> Buttons:
    word = entry.word
    now = minutes_of(entry.when.clock) if entry.when else MORNING[0]
    usual = MORNING if now < MINUTES_A_DAY // 2 else DAY_S_END
    offered = sorted({*usual, now - NUDGE, now + NUDGE} - {now})
    buttons = [
        Button(
            "schedule.time_button", Action("schedule.time", word, minutes % MINUTES_A_DAY), {"clock": clock_of(minutes)}
        )
        for minutes in offered
    ]
    other = DAY_S_END if usual is MORNING else MORNING
    turned = Button("schedule.time_button", Action("schedule.time", word, other[0]), {"clock": clock_of(other[0])})
    return _in_rows([*buttons, turned])


def _weekdays(entry: Entry) -> Buttons:
    if entry.when is None or entry.when.weekday is None:
        return []
    days = [day for day in range(7) if day != entry.when.weekday]
    return _in_rows(
        [Button("schedule.day_button", Action("schedule.day", entry.word, day), {"weekday": day}) for day in days], 3
    )


def of_quiet(table: Timetable) -> Buttons:
    """When they begin, when they end, none at all, and the way back."""
    now = table.quiet or USUAL
    spans = [(begins, now.ends) for begins in BEGINS] + [(now.begins, ends) for ends in ENDS]
    made = (_quiet(begins, ends) for begins, ends in spans)
    offered = [quiet for quiet in made if quiet is not None and quiet != table.quiet]
    last = [] if table.quiet is None else [Button("schedule.no_quiet_button", Action("schedule.off", "quiet"))]
    if table.quiet_chosen:
        last.append(Button("schedule.follow_button", Action("schedule.follow", "quiet")))
    return [*_in_rows([_span(quiet) for quiet in dict.fromkeys(offered)], 2), [*last, _BACK]]


def _quiet(begins: time, ends: time) -> Quiet | None:
    with suppress(QuietTooLong):
        return Quiet(begins, ends)
    return None


def _span(quiet: Quiet) -> Button:
    action = f"schedule.quiet:{minutes_of(quiet.begins)}:{minutes_of(quiet.ends)}"
    return Button("schedule.span_button", action, {"quiet": quiet})


def _in_rows(buttons: list[Button], most: int = A_ROW) -> Buttons:
    return [buttons[first : first + most] for first in range(0, len(buttons), most)]


_BACK = Button("schedule.back_button", Action("schedule.open", "list"))
