from dataclasses import replace
from datetime import timedelta

from domain.ids import ExtensionId, MemberId
from domain.work.task.extension import Extension, Shown, State
from tests.samples import AT, Samples, Values, Words, awaited, somebody
from tests.work import samples_task

LATER = AT + timedelta(days=401)


def values(words: Words) -> Values:
    tasks, who = samples_task.values(words)["task"], somebody(words)
    asked = Extension(ExtensionId(1), tasks[0].id, MemberId(1), AT, LATER, words(200), AT)
    shown = [
        Shown(asked, tasks[0], who),
        Shown(replace(asked, state=State.GRANTED), tasks[-1], awaited(words), who),
        Shown(replace(asked, state=State.REFUSED, answer=words(200)), tasks[0], who, awaited(words)),
        Shown(replace(asked, state=State.OVER), tasks[0], who),
    ]
    return {
        "column": ["number", "at", "due_at", "reason", "answer"],
        "due_at": [LATER],
        "most": [200],
        "sheet": ["task_extensions"],
        "shown": shown,
        "task": tasks,
        "told": [[], [who] * 4],
        "waiting": [shown[:1], shown[:1] * 5],
    }


def occurs(text: str, shown: dict[str, object]) -> bool:
    """Some texts are about answered requests only."""
    if text not in ("answered", "refused", "granted_toast"):
        return True
    request = shown["shown"]
    return isinstance(request, Shown) and request.by is not None


SAMPLES = Samples("extending", values, occurs)
