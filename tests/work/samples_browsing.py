from domain.work.task import LISTED, Happening, Light
from domain.work.task.browsing import Page, Scope, View
from domain.work.task.changes import Change
from tests.samples import AT, BOTH, MILLION, Samples, Values, Words, somebody
from tests.work import samples_amending, samples_extending, samples_task


def values(words: Words) -> Values:
    tasks, who = samples_task.values(words)["task"], somebody(words)
    lights = dict.fromkeys(Light, MILLION)
    views = [
        View(scope, light, 0, some, MILLION, lights, scopes, AT)
        for scope in Scope
        for light in (None, *Light)
        for some in ((tasks * LISTED)[:LISTED], [])
        for scopes in ((), tuple(Scope))
    ]
    happened = [Change(one, tasks[0].id, who, AT, words=words(200)) for one in Happening]
    plain = [one for one in happened if one.what not in (Happening.POSTPONED, Happening.REASSIGNED, Happening.CHANGED)]
    history = [*samples_amending.changed(words), *plain]
    asked = samples_extending.values(words)["shown"][0].extension
    return {
        "light": [None, *Light],
        "page": [
            Page(task, reviewer, lines, request, own, not own, AT)
            for task in tasks
            for own in BOTH
            for lines in (history[:12], history[-12:])
            for reviewer, request in ((None, None), (who, asked))
        ],
        "scope": list(Scope),
        "task": tasks,
        "view": views,
    }


SAMPLES = Samples("browsing", values)
