from dataclasses import replace
from datetime import date, time, timedelta

from domain.ids import BranchId, ChatId, RecurringId, TaskId
from domain.messaging.chat import Chat, ChatKind
from domain.work.recurring import Holder, Recurring, Shown, State
from domain.work.rhythm import By, CatchUp, DayOff, Rhythm, Spot, Turn, Unit
from domain.work.task import Card, Plan, Task
from tests.samples import AT, Samples, Values, Words, awaited, somebody

GROUP = Chat(ChatId(1), -1, ChatKind.GROUP, "", "Asia/Shanghai", "zh", active=True)
RHYTHMS = (
    Rhythm(Unit.DAY, (Spot(By.DAY, 1),), time(9)),
    Rhythm(Unit.DAY, (Spot(By.WORKDAY, 1),), time(9)),
    Rhythm(Unit.WEEK, tuple(Spot(By.DAY, n) for n in range(1, 8)), time(18), 12, 3, DayOff.KEEP),
    Rhythm(Unit.MONTH, (Spot(By.DAY, -31), Spot(By.DAY, 31)), time(18), off=DayOff.BEFORE),
    Rhythm(Unit.QUARTER, (Spot(By.WORKDAY, -5, month=-1), Spot(By.WEEKDAY, 2, 4, 2)), time(18), off=DayOff.AFTER),
    Rhythm(Unit.HALF_YEAR, (Spot(By.WEEKDAY, -1, 6, 6),), time(18)),
    Rhythm(Unit.YEAR, tuple(Spot(By.WORKDAY, -1, month=month) for month in range(1, 13)), time(18)),
)


def recurring_of(words: Words) -> Recurring:
    """One of a named person, with all that it may have."""
    plan = Plan(words(200), words(500), words(500))
    giver, turn = somebody(words), Turn(date(2026, 11, 23), -1)
    named = (somebody(words), awaited(words))
    return Recurring(RecurringId(2**53), ChatId(1), giver, plan, RHYTHMS[3], turn, AT, named, basis=words(500))


def values(words: Words) -> Values:
    one = recurring_of(words)
    held = replace(one, owners=(), holder=Holder(BranchId(1), words(30)), catch_up=CatchUp.EACH)
    due, names = AT + timedelta(days=400), [words(255)] * 10
    member = somebody(words)
    task = Task(TaskId(2**53), TaskId(1), ChatId(1), member, member, Plan(words(200)), due, AT)
    return {
        "card": [Card(task, [task], 1, 0, [member])],
        "role": [words(30)],
        "group": [replace(GROUP, title=words(128))],
        "number": [2**53],
        "off": [one.value for one in DayOff],
        "way": [one.value for one in CatchUp],
        "state": [one.value for one in State],
        "recurring": [one, held, *(replace(one, rhythm=each) for each in RHYTHMS)],
        "rhythm": RHYTHMS,
        "shown": [
            Shown(one, names, due, AT),
            Shown(held, names, due, AT),
            Shown(held, [], due, AT),
            Shown(replace(one, state=State.PAUSED), names),
            Shown(replace(held, state=State.STOPPED, plan=Plan(words(200)), basis=""), []),
        ],
        "task": [task],
        "written": [words(4000)],
        "sheet": ["recurring_tasks"],
        "column": ["number", "title", "standard", "outcome", "begun_at"],
    }


SAMPLES = Samples("recurring", values)
