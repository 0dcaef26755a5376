"""What the clock starts: each schedule of a job is a row, so it survives, can be seen and can be changed."""

from domain.clock.schedule.changing import Changed, DuringQuiet, NotWeekly, Wish, change
from domain.clock.schedule.feature import FEATURE
from domain.clock.schedule.model import (
    SCHEDULE_CHANGED,
    Clockwork,
    Days,
    Default,
    Late,
    NextMoment,
    Planned,
    Schedule,
    Schedules,
    Scope,
    When,
)
from domain.clock.schedule.panel import LIST, QUIET, PanelOver, Pressed, open_panel, turn
from domain.clock.schedule.quiet_hours import (
    QuietChanged,
    add_quiet,
    change_quiet,
    follow_quiet,
    move_quiet,
    remove_quiet,
)
from domain.clock.schedule.running import due, needs_planning, plan
from domain.clock.schedule.timetable import Entry, NoSuchSchedule, Timetable, timetable

__all__ = [
    "FEATURE",
    "LIST",
    "QUIET",
    "SCHEDULE_CHANGED",
    "Changed",
    "Clockwork",
    "Days",
    "Default",
    "DuringQuiet",
    "Entry",
    "Late",
    "NextMoment",
    "NoSuchSchedule",
    "NotWeekly",
    "PanelOver",
    "Planned",
    "Pressed",
    "QuietChanged",
    "Schedule",
    "Schedules",
    "Scope",
    "Timetable",
    "When",
    "Wish",
    "add_quiet",
    "change",
    "change_quiet",
    "due",
    "follow_quiet",
    "move_quiet",
    "needs_planning",
    "open_panel",
    "plan",
    "remove_quiet",
    "timetable",
    "turn",
]
