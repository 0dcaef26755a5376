from dataclasses import replace
from datetime import time

from domain.clock.schedule import Changed, Days, Entry, QuietChanged, Timetable, When
from domain.messaging.quiet import Quiet, Span
from tests.samples import AT, BOTH, MILLION, Samples, Values, Words

WEEKLY = Entry("summary", When(time(9), 0), Days.ANY, False, True, AT, waits=True)
MUTED = Entry("study", When(time(22)), Days.WORKDAYS, False, True, None, mute=True)
PAUSED = Entry("study", None, Days.ANY, True, True, None)


NIGHT, NOON = Span(time(21, 30), time(7, 30)), Span(time(12), time(13, 30))
MANY = Quiet((Span(time(9), time(9, 30)), NOON, Span(time(18), time(18, 30)), NIGHT))


def values(_: Words) -> Values:
    quiet = Quiet((NIGHT,))
    table = Timetable([WEEKLY, MUTED, PAUSED], quiet, True, True, AT)
    return {
        "at": [AT],
        "changed": [Changed(WEEKLY, True, AT, AT, MILLION, MILLION), Changed(PAUSED, False, AT)],
        "clock": [time(8, 30)],
        "enterprise": BOTH,
        "entry": [WEEKLY, MUTED, PAUSED],
        "hours": [16],
        "most": [4],
        "quiet": [quiet, MANY, None],
        "span": [NIGHT, NOON],
        "timetable": [table, replace(table, enterprise=False, quiet=MANY), replace(table, quiet=None)],
        "weekday": list(range(7)),
        "word": ["study", "summary"],
    }


def of_quiet(_: Words) -> Values:
    return {
        "changed": [
            QuietChanged(None, True, []),
            QuietChanged(MANY, False, [MUTED] * 2, joined=NOON),
            QuietChanged(MANY, True, [], gone=[NIGHT, NOON]),
        ]
    }


SAMPLES = Samples("schedule", values, differing={"quiet_changed": of_quiet})
