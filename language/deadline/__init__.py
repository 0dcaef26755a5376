"""Deadlines as people write them in Chinese chats: “下周五18:00前”, “月底”, “3天内”, “tomorrow 6pm”.

`read` looks at the start of a text; everything else here says what the words mean. The conventions, with the reasons
for each, are in `docs/decisions/0005-deadlines.md`; the two that matter most:

- a day without a time is due at 18:00, the end of the working day;
- a week begins on Monday, so “下周五” is the Friday of the week that begins next Monday.
"""

from language.deadline.clock import time_of_day
from language.deadline.errors import DeadlineError, JustGone, NoCalendar, NoSuchDay, NoSuchTime, Past, Reason, Unclear
from language.deadline.reading import Reading, read
from language.deadline.script import fold
from language.deadline.working import Working

__all__ = [
    "DeadlineError",
    "JustGone",
    "NoCalendar",
    "NoSuchDay",
    "NoSuchTime",
    "Past",
    "Reading",
    "Reason",
    "Unclear",
    "Working",
    "fold",
    "read",
    "time_of_day",
]
