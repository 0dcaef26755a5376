from dataclasses import replace
from datetime import time

from domain.life.upcoming import PAGE, Calendar, Day, Line, Rest
from domain.messaging.message import Text
from domain.upcoming import Shown
from tests.samples import MILLION, MONDAY, TUESDAY, Samples, Values, Words, group_of, somebody


def values(words: Words) -> Values:
    text = Text("task.upcoming", {"title": words(200), "owner": somebody(words), "open": MILLION})
    lines = [Line(time(14), shown, text, group) for shown in Shown for group in ("", words(255))]
    days = [Day(MONDAY, MONDAY, rest, [line]) for rest in Rest for line in lines]
    holidays = Day(MONDAY, TUESDAY, Rest.OFF, [])
    full = [*days[:10], Day(MONDAY, MONDAY, Rest.NOTHING, (lines * PAGE)[: PAGE - 10]), holidays]
    one = Calendar(MONDAY, TUESDAY, None, 0, [])
    return {
        "calendar": [
            one,
            replace(one, days=days),
            replace(one, days=full, groups=20, skipped=MILLION, more=MILLION, offset=PAGE),
            replace(one, days=full, group=group_of(words), more=MILLION),
        ]
    }


SAMPLES = Samples("upcoming", values)
