from dataclasses import replace
from datetime import timedelta

from domain.ids import ChatId, TaskId
from domain.messaging.chat import Chat, ChatKind
from domain.work.follow import FollowUp, Item, Level, Listing, Shown
from domain.work.task import Happening, Plan, Task, TaskEvent
from storage.work.follow import FEATURE
from tests.samples import AT, MILLION, Samples, Values, Words, awaited, somebody

GROUP = Chat(ChatId(1), -1, ChatKind.GROUP, "", "Asia/Shanghai", "zh", active=True)


def items(words: Words) -> list[Item]:
    member = somebody(words)
    plan = Plan(words(200), words(500), words(500))
    due_at = AT - timedelta(days=400)
    task = Task(TaskId(2**53), TaskId(1), ChatId(1), member, member, plan, due_at, due_at - timedelta(days=9))
    group = replace(GROUP, title=words(128))
    others = [replace(task, plan=Plan(words(200))), replace(task, owner=awaited(words))]
    return [Item(task, group, 1, Level.GIVER), *(Item(one, group, MILLION, Level.ABOVE, words(500)) for one in others)]


def values(words: Words) -> Values:
    member, found, sheet = somebody(words), items(words), FEATURE.personal[0]
    kept = FollowUp(found[0].task.id, found[0].task.due_at, 4, Level.ADMINISTRATOR, AT)
    reports = [TaskEvent(kept.task, Happening.ESCALATED, None, AT, level.value) for level in Level]
    measured = replace(kept, measure=words(500), measured_by=member.id, measured_at=AT)
    return {
        "by": [member],
        "column": [column.key for column in sheet.statement.selected_columns],
        "count": [1, MILLION],
        "items": [found[:1], (found * 4)[:10]],
        "level": [level.value for level in Level],
        "listing": [Listing(some, more, AT) for some in ([], (found * 4)[:10]) for more in (0, MILLION)],
        "measure": [words(500)],
        "more": [0, MILLION],
        "most": [500],
        "number": [2**53],
        "part": [
            *("heading", "task", "owner", "group", "giver", "given", "due", "late", "standard", "outcome"),
            *("reports", "measure", "answer", "signed", "checked", "made"),
        ],
        "sheet": [sheet.name],
        "shown": [Shown(found[0], kept, reports[:1], None, AT), Shown(found[1], measured, reports, member, AT, True)],
        "step": [{}, {"reported": -3}],
        "task": [one.task for one in found],
    }


SAMPLES = Samples("follow", values)
