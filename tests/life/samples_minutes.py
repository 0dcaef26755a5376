from dataclasses import replace

from domain.ids import MemberId
from domain.life.meeting.minutes import MAX_CHARS, MAX_ERRANDS, Errand, Record
from domain.people.naming import Chosen, Kind, Somebody
from domain.work.task import Plan, Task
from sheets.reading import Reason
from tests.life.samples_decision import decisions
from tests.life.samples_meeting import meetings, rolls
from tests.samples import AT, Samples, Values, Words, group_of, somebody


def records(words: Words) -> list[Record]:
    member, decided = somebody(words), decisions(words)[3:]
    task = Task(1, 1, group_of(words).id, member, member, Plan(words(200)), AT, AT)  # type: ignore[arg-type]
    found = [replace(one, meeting=replace(one.meeting, minutes=words(2000))) for one in rolls(words)[:6]]
    return [Record(found[0], [], [], []), *(Record(one, decided, [task], [words(120)]) for one in found)]


def values(words: Words) -> Values:
    row = (Errand(Chosen(Kind.MEMBER, MemberId(1)), AT, words(200)), Somebody(somebody(words), None))
    return {
        "count": [0, MAX_ERRANDS],
        "left": [[], [words(120)] * 20],
        "length": [MAX_CHARS],
        "meeting": meetings(words),
        "most": [MAX_CHARS],
        "record": records(words),
        "rows": [[], [row], [row] * MAX_ERRANDS],
        "unread": [[], [words(200)] * 9],
        "wrong": list(Reason),
    }


SAMPLES = Samples("minutes", values)
