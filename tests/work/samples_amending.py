from datetime import timedelta

from domain.ids import TaskId
from domain.work.task import Happening
from domain.work.task.changes import Change, Part
from tests.samples import AT, MANY, MILLION, Samples, Values, Words, awaited, nameless, somebody
from tests.work import samples_task

LATER = AT + timedelta(days=401)


def changed(words: Words) -> list[Change]:
    """One of each kind."""
    who, number = somebody(words), TaskId(2**53)
    return [
        Change(Happening.POSTPONED, number, who, AT, due_at=LATER),
        Change(Happening.POSTPONED, number, None, AT, MILLION, due_at=LATER, words=words(200)),
        Change(Happening.REASSIGNED, number, who, AT, owner=awaited(words)),
        Change(Happening.REASSIGNED, number, who, AT),
        Change(Happening.WITHDRAWN, number, who, AT),
        Change(Happening.WITHDRAWN, number, who, AT, MILLION),
        *(Change(Happening.CHANGED, number, who, AT, part=part, words=words(500)) for part in Part),
        Change(Happening.CHANGED, number, who, AT, part=Part.TITLE),
    ]


def values(words: Words) -> Values:
    tasks = samples_task.values(words)["task"]
    found = changed(words)
    return {
        "at": [AT],
        "changes": [found[:6], found[5:], []],
        "count": [2, MILLION],
        "most": [200],
        "of": [1, 2],
        "one": found,
        "owners": [[somebody(words)], [awaited(words), nameless(words)] * MANY],
        "task": tasks,
        "tasks": [tasks[:1], tasks],
    }


SAMPLES = Samples("amending", values)
