from dataclasses import replace

from domain.ids import AppealId
from domain.points.appeal import Appeal, Level, Shown, State
from storage.points.appeal import FEATURE
from tests.points.samples_points import items
from tests.samples import AT, BOTH, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    sheet = FEATURE.personal[0]
    return {
        "column": [column.key for column in sheet.statement.selected_columns],
        "count": [1, MILLION],
        "due_on": [MONDAY],
        "escalates": BOTH,
        "item": [items(words)[0], None],
        "member": [somebody(words)],
        "most": [500],
        "sheet": [sheet.name],
        "shown": shown(words),
        "words": [words(500)],
    }


def shown(words: Words) -> list[Shown]:
    """Open ones of both levels, about an item and about what is missing; answered ones."""
    member, item = somebody(words), items(words)[0]
    open_ = Appeal(AppealId(1), member.id, 7, words(500), Level.SECRETARY, AT, MONDAY)
    above = replace(open_, entry=None, level=Level.ADMINISTRATORS)
    explained = replace(open_, state=State.EXPLAINED, answer=words(500))
    corrected = replace(open_, state=State.CORRECTED, answer=words(200))
    answered = [Shown(one, member, item, member) for one in (explained, corrected)]
    return [Shown(open_, member, item), Shown(above, member, None), *answered]


SAMPLES = Samples("appeal", values)
