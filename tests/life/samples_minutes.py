from dataclasses import replace

from domain.ids import MemberId, TaskId
from domain.life.meeting.minutes import MAX_CHARS, MAX_ERRANDS, Errand, Fault
from domain.life.meeting.model import MAX_REASON_CHARS
from domain.people.naming import Chosen, Kind, Somebody
from domain.work.task import Plan, Task
from handlers.life.minutes_document import NAMES_A_LINE
from sheets.reading import Reason
from tests.life.samples_decision import decisions
from tests.life.samples_meeting import invited, meetings, rolls
from tests.life.samples_rectification import findings
from tests.samples import AT, Samples, Values, Words, group_of, somebody


def values(words: Words) -> Values:
    row = (Errand(Chosen(Kind.MEMBER, MemberId(1)), AT, words(200)), Somebody(somebody(words), None))
    member = somebody(words)
    task = Task(TaskId(1), TaskId(1), group_of(words).id, member, member, Plan(words(200)), AT, AT)
    return {
        "before": [0, MAX_ERRANDS],
        "count": [0, MAX_ERRANDS],
        "faults": [[], [Fault(words(200)), Fault(words(200), AT)] * 9],
        "finding": findings(words),
        "opened": [0, MAX_ERRANDS],
        "item": [words(120)],
        "left": [[], [words(120)] * 20],
        "length": [MAX_CHARS],
        "meeting": meetings(words),
        "most": [MAX_CHARS],
        "decision": decisions(words)[4:],
        "part": ["people", "agenda", "decisions", "content", "tasks", "findings", "left"],
        "people": [[invited(words)], [invited(words)] * NAMES_A_LINE],
        "roll": rolls(words)[:3],
        "task": [task],
        "who": [replace(invited(words), reason=words(MAX_REASON_CHARS))],
        "rows": [[], [row], [row] * MAX_ERRANDS],
        "unread": [[], [words(200)] * 9],
        "wrong": list(Reason),
    }


SAMPLES = Samples("minutes", values, differing={"document_people": lambda _: {"part": ["present", "late", "missing"]}})
