from dataclasses import replace

from domain.ids import ApplicationId, ChatId
from domain.points.application import MAX_OPEN, MAX_TEXT_CHARS, Application, File, Offered, Page, Shown, State
from domain.points.application.applying import Applied
from domain.points.event import RuleName
from storage.points.application import FEATURE
from tests.samples import AT, BOTH, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    sheet = FEATURE.personal[0]
    applications, rule = shown(words), RuleName("x", words(30), words(30))
    offered = [Offered(rule, words(60), 1000), Offered(rule, "", 1)]
    return {
        "applied": [Applied(applications[0], told) for told in BOTH],
        "column": [column.key for column in sheet.statement.selected_columns],
        "count": [1, MILLION],
        "has_file": BOTH,
        "most": [500],
        "number": [1, MILLION],
        "offered": offered,
        "others": [0, MILLION],
        "page": [Page(offered * 2, applications[:1] * MAX_OPEN), Page(offered, []), Page([], applications[:1])],
        "sheet": [sheet.name],
        "shown": applications,
        "state": list(State),
        "words": [words(MAX_TEXT_CHARS)],
    }


def shown(words: Words) -> list[Shown]:
    """In each state; with a file, and of an item that is gone."""
    rule = RuleName("x", words(30), words(30))
    new = Application(ApplicationId(1), somebody(words), ChatId(1), None, "x", words(500), File("jpg", "x"), MONDAY, AT)
    approved = new.moved(State.APPROVED, points=3)
    ended = [approved, replace(approved, points=0), new.moved(State.REFUSED, reason=words(200))]
    return [
        Shown(new, rule, 5),
        Shown(new.moved(State.WITHDRAWN), rule, 5),
        *(Shown(one, rule, 3) for one in ended),
        Shown(replace(new, file=None), RuleName("x", "x"), None),
    ]


SAMPLES = Samples("application", values)
