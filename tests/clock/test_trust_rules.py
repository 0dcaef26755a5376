"""What is known of a clock, from what others say."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.clock.trust import APART, Evidence, Mark, Verdict, believed, judge
from domain.feature import EnterpriseJob
from domain.features import JOBS

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
MINUTE, HOUR, DAY, YEAR = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=365))
NOW, NOTHING = timedelta(), Evidence()
SEEN, NEVER = Mark(AT, AT), Mark()
RIGHT, WRONG, UNKNOWN = Verdict.RIGHT, Verdict.WRONG, Verdict.UNKNOWN

CASES = {
    "a first start": (NEVER, NOTHING, AT, RIGHT),
    "a moment later": (SEEN, NOTHING, AT + MINUTE, RIGHT),
    "set back a little": (SEEN, NOTHING, AT - 59 * MINUTE, RIGHT),
    "behind what the store saw": (SEEN, NOTHING, AT - 2 * HOUR, WRONG),
    "far ahead, and nobody says so": (SEEN, NOTHING, AT + YEAR, UNKNOWN),
    "after a week, and the platform agrees": (SEEN, Evidence([NOW]), AT + 7 * DAY, RIGHT),
    "a year ahead, and the platform says so": (SEEN, Evidence([YEAR]), AT + YEAR, WRONG),
    "a year ahead at the first start": (NEVER, Evidence([YEAR]), AT + YEAR, WRONG),
    "ahead by less than an hour": (SEEN, Evidence([59 * MINUTE]), AT, RIGHT),
    "behind by a day": (SEEN, Evidence([-DAY]), AT, WRONG),
    "right again after a wrong time was seen": (Mark(AT + YEAR, AT + YEAR), Evidence([NOW]), AT, RIGHT),
    "answers agree, messages that were sent do not": (SEEN, Evidence([NOW, YEAR]), AT, WRONG),
    "people wrote just now": (SEEN, Evidence(written=AT + 7 * DAY), AT + 7 * DAY + MINUTE, RIGHT),
    "people wrote long ago, and it came late": (SEEN, Evidence([NOW], AT - DAY), AT, RIGHT),
    "people wrote long ago, nobody else says a thing": (SEEN, Evidence(written=AT - 9 * DAY), AT, RIGHT),
    "people wrote later than it is": (SEEN, Evidence(written=AT + DAY), AT, WRONG),
    "people wrote later than it is, and answers agree": (SEEN, Evidence([NOW], AT + DAY), AT, WRONG),
}


@pytest.mark.parametrize(("mark", "evidence", "at", "verdict"), CASES.values(), ids=CASES.keys())
def test_a_clock_is_judged_by_what_others_say(mark, evidence, at, verdict):
    assert judge(mark, evidence, at).verdict is verdict


def test_how_far_a_clock_is_off_is_known():
    assert judge(SEEN, Evidence([NOW, -DAY]), AT).ahead == -DAY
    assert judge(SEEN, NOTHING, AT - 2 * HOUR).ahead == -2 * HOUR
    assert judge(SEEN, Evidence(written=AT + DAY), AT).ahead == -DAY


class Doubting:
    """A store that knows whether the clock is doubted."""

    def __init__(self, *, doubted: bool) -> None:
        self.marks, self.mark = self, Mark(doubted=doubted)

    def get(self) -> Mark:
        return self.mark


@pytest.mark.parametrize(
    ("written", "doubted", "counts"),
    [
        (None, False, AT),
        (AT - timedelta(seconds=30), False, AT - timedelta(seconds=30)),
        (AT - DAY, False, AT - DAY),
        (AT + APART, False, AT + APART),
        (AT + APART + timedelta(seconds=1), False, AT),
        (AT + YEAR, False, AT),
        (AT - timedelta(seconds=30), True, AT - timedelta(seconds=30)),
        (AT - DAY, True, AT),
    ],
)
def test_when_somebody_wrote_is_believed_unless_a_clock_must_be_wrong(written, doubted, counts):
    assert believed(Doubting(doubted=doubted), written, AT) == counts


WAIT = {
    "appeal.overdue",
    "follow.escalate",
    "follow.warn",
    "inbox.prune",
    "match.run",
    "measure.check",
    "privacy.forget",
    "questionnaire.run",
    "evaluation.tend",
    "recurring.give",
    "quiz.close",
    "retention.prune",
    "settlement.end",
    "survey.close",
    "suggestion.overdue",
    "task.remind",
}
GO_ON = {
    "alarm.told",
    "anniversary.greet",
    "calendar.missing",
    "hazard.ring",
    "library.expiring",
    "meeting.tend",
    "digest.month",
    "digest.week",
    "points.roll_up",
    "questionnaire.sweep",  # keys of rounds that are closed are useless
    "quiz.weekly",
    "review.daily",
    "results.follow",  # only that work is done, and its results can be told
    "seal.told",
    "study.prompt",
    "suggestion.forget",  # what was sent, whenever that was
    "summary.post",
    "tags.learn",
    "thanks.pairs",
    "upcoming.tend",
    "verify.run",
}


def test_each_job_has_been_asked_whether_it_can_be_undone():
    """One that erases, closes, or says that something is overdue waits while the clock is wrong."""
    waits = {job.schedule.name for job in JOBS if isinstance(job, EnterpriseJob) and job.irreversible}
    assert waits == WAIT
    assert {job.schedule.name for job in JOBS} - waits == GO_ON
