from dataclasses import replace
from datetime import time

from domain.clock.schedule import Changed, Days, Entry, Timetable, When
from domain.messaging.quiet import Quiet
from tests.samples import AT, BOTH, MILLION, Samples, Values, Words

WEEKLY = Entry("summary", When(time(9), 0), Days.ANY, False, True, AT, waits=True)
MUTED = Entry("study", When(time(22)), Days.WORKDAYS, False, True, None, mute=True)
PAUSED = Entry("study", None, Days.ANY, True, True, None)


def values(_: Words) -> Values:
    quiet = Quiet(time(21, 30), time(7, 30))
    table = Timetable([WEEKLY, MUTED, PAUSED], quiet, True, True, AT)
    return {
        "at": [AT],
        "changed": [Changed(WEEKLY, True, AT, AT, MILLION, MILLION), Changed(PAUSED, False, AT)],
        "clock": [time(8, 30)],
        "enterprise": BOTH,
        "entry": [WEEKLY, MUTED, PAUSED],
        "hours": [16],
        "mute": [[], [MUTED] * 2],
        "quiet": [quiet, None],
        "timetable": [table, replace(table, enterprise=False)],
        "weekday": list(range(7)),
        "word": ["study", "summary"],
    }


SAMPLES = Samples("schedule", values)
