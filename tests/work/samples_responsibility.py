from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.ids import BranchId
from domain.work.recurring import Holder, State
from domain.work.responsibility import Adopted, Difference, Duty, Entry, Overview, RoleShown
from domain.work.task import Plan
from handlers.work.responsibility_files import SHOWN, Fault
from sheets import Reason
from sheets.responsibility import FIELDS, Row, Sample
from tests.samples import AT, BOTH, MANY, MILLION, Samples, Values, Words
from tests.work.samples_recurring import GROUP, RHYTHMS, recurring_of


def values(words: Words) -> Values:
    named = recurring_of(words)
    held = replace(named, owners=(), holder=Holder(BranchId(1), words(30)))
    entries = [held, replace(held, state=State.PAUSED, plan=Plan(words(200)), basis="")] * 4
    roles = [RoleShown(words(30), [words(255)] * 6, entries), RoleShown(words(30), [], [held])]
    entry = Entry(words(30), Plan(words(200), words(500), words(500)), RHYTHMS[4], words(500))
    differences = [
        Difference([entry] * MANY, [(held, entry)] * MANY, [held] * MANY, MILLION),
        Difference([], [], [], 3),
    ]
    group = replace(GROUP, title=words(128))
    overviews = [
        *(Overview(group, words(255), roles * 4, [named] * MANY, plans) for plans in BOTH),
        *(Overview(group, name, [], [], plans) for plans in BOTH for name in ("", words(255))),
    ]
    rows = (Row(0, words(30), words(200), words(30)),) * 17
    lists = (Sample(words(30), words(40), words(120), rows),)
    return {
        "overview": overviews,
        "duties": [[], [Duty(held, AT), Duty(entries[1], None)] * 7],
        "at": [AT],
        "plans": BOTH,
        "role": roles,
        "entries": [entries, [named] * 8, []],
        "samples": [lists],
        "sample": lists,
        "difference": differences,
        "group": [group],
        "adopted": [
            Adopted(differences[0], [words(30)] * 6, overviews[0]),
            Adopted(differences[1], [], overviews[0]),
        ],
        "wrong": [*Reason],
        "detail": ["", words(1000)],
        "faults": [[Fault(MILLION, "rhythm", words(4000)), Fault(2, "role", "")] * (SHOWN // 2)],
        "more": [0, MILLION],
        "most": [200],
        "title": [words(200)],
        "column": list(FIELDS),
        "count": [0, MILLION],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """A role's page has entries of roles; the other page those of named people."""
    return text != "role" or (bool(shown["entries"]) and shown["entries"][0].holder is not None)


SAMPLES = Samples("responsibility", values, occurs)
