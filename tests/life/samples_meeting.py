from dataclasses import replace
from datetime import timedelta

from domain.ids import BranchId, MeetingId, MemberId, PersonId
from domain.life.meeting.attending import Checked
from domain.life.meeting.calling import Clash, Outline, Wish
from domain.life.meeting.dossier import Dossier, Due
from domain.life.meeting.excusing import Excusable
from domain.life.meeting.kinds import Audience, Every, Kind
from domain.life.meeting.model import (
    MAX_LINES,
    MAX_REASON_CHARS,
    Attendance,
    Invited,
    Meeting,
    Reply,
    Roll,
    Standing,
    State,
)
from domain.life.meeting.moving import Move
from domain.life.meeting.overview import LISTED, Overview
from domain.life.meeting.owed import Ledger, Owed
from domain.life.meeting.preparing import Preparer
from domain.people.person import Person
from tests.samples import AT, BOTH, MANY, MILLION, MONDAY, TUESDAY, Samples, Values, Words, group_of


def meeting(words: Words) -> Meeting:
    agenda = (words(120),) * 3
    return Meeting(
        MeetingId(7), group_of(words).id, None, Kind.ASSEMBLY, AT, words(60), agenda, Audience.PARTY, MemberId(1), AT
    )


def invited(words: Words) -> Invited:
    return Invited(1, MeetingId(7), PersonId(1), MemberId(1), words(60), entitled=True)


def meetings(words: Words) -> list[Meeting]:
    """One of each state, one of another kind."""
    one = meeting(words)
    stages = [replace(one, state=state, code="0417") for state in State]
    return [
        *stages,
        replace(stages[1], by_button=True),
        replace(one, kind=Kind.TALK, agenda=()),
        replace(stages[1], kind=Kind.TRAINING),
    ]


def rolls(words: Words) -> list[Roll]:
    one = invited(words)
    away = replace(one, reply=Reply.AWAY, reason=words(MAX_REASON_CHARS))
    late = replace(one, present_at=AT + timedelta(hours=1))
    some = [one, replace(one, reply=Reply.COMING), away, late, replace(one, present_at=AT)]
    who = [Preparer(MeetingId(7), item, PersonId(1), MemberId(1), words(60)) for item in (1, 1, 3)]
    every = ([one], some, some * MANY)
    return [Roll(each, people, prepared) for each in meetings(words) for people in every for prepared in ([], who)]


def outlines(words: Words) -> list[Outline]:
    wish, clash = Wish(Kind.JOINT, AT, words(60), (words(120),) * 3), Clash(words(60), meeting(words))
    people, who = [invited(words)], [Preparer(MeetingId(7), 1, PersonId(1), MemberId(1), words(60))] * 2
    return [Outline(wish, people, [], ()), Outline(wish, people * MANY, [clash] * MANY, [words(120)] * MAX_LINES, who)]


def overviews(words: Words) -> list[Overview]:
    one = invited(words)
    replies = [None, one, replace(one, reply=Reply.COMING), replace(one, reply=Reply.AWAY), replace(one, present_at=AT)]
    shown = [(meeting(words), mine) for mine in replies]
    return [Overview([], 0, True), Overview(shown, 0, False), Overview((shown * 2)[:LISTED], 9, True)]


def ledgers(words: Words) -> list[Ledger]:
    lines = [Owed(Kind.THEME_DAY, every, TUESDAY, held) for every in Every for held in ([], [MONDAY], [MONDAY] * 9)]
    lines.append(Owed(Kind.TALK, Every.YEAR, TUESDAY, [MONDAY] * 2, [Attendance(9, 7, 1), Attendance(9, 9, 0)]))
    return [Ledger(group_of(words), MONDAY, []), Ledger(group_of(words), MONDAY, lines)]


def dues() -> list[Due]:
    return [
        Due(Kind.COMMITTEE, every, held, missing)
        for every in Every
        for held in ([], [MONDAY] * 3)
        for missing in ([], [TUESDAY] * 3)
    ]


def values(words: Words) -> Values:
    person = Person(PersonId(1), "1", words(60), BranchId(1))
    some = [(person, standing) for standing in Standing]
    clashes = [Clash(words(60), meeting(words))] * MANY
    mine = [(one, replace(invited(words), reply=Reply.COMING)) for one in meetings(words)[:2]]
    return {
        "agenda": [[], [(words(120), []), (words(120), [invited(words)] * 2)]],
        "audience": [None, *Audience],
        "checked": [Checked(meeting(words), invited(words), before) for before in BOTH],
        "column": [
            *("kind", "starts_at", "place", "reply", "reason", "present_at", "called_at", "standing"),
            *("number", "invited", "present", "late", "away", "missing", "name", "item", "at"),
        ],
        "day": [MONDAY],
        "dossier": [Dossier(group_of(words), MONDAY, MONDAY, due, []) for due in ([], dues())],
        "due": dues(),
        "quarter": [4],
        "year": [2026],
        "found": overviews(words),
        "group": [group_of(words)],
        "kind": list(Kind),
        "ledger": ledgers(words),
        "left": [0, 4],
        "meeting": meetings(words),
        "meetings": [[mine[0]], mine],
        "move": [
            Move(meeting(words), meeting(words), []),
            Move(meeting(words), replace(meeting(words), starts_at=AT + timedelta(days=1), place=words(60)), clashes),
        ],
        "near": [[(group_of(words), [ledgers(words)[1].lines[0]] * 3)] * 2],
        "outline": outlines(words),
        "page": [0],
        "pages": [1, 3],
        "people": [some, some * 6],
        "person": [person],
        "private": BOTH,
        "items": [[words(120)], [words(120)] * 9],
        "prepared": [[(meeting(words), [words(120)] * 9)] * 3],
        "roll": rolls(words),
        "decided": [0, MILLION],
        "held": [1, MILLION],
        "invited": [MILLION],
        "present": [MILLION],
        "step": [{}],
        "sheet": ["meetings", "meetings_called", "meeting_items", "standing", "held", "attendance"],
        "standing": list(Standing),
        "who": [invited(words), replace(invited(words), present_at=AT)],
        "written": [words(100)],
    }


SAMPLES = Samples(
    "meeting",
    values,
    lambda text, shown: text != "nobody" or shown["audience"] is not None,
    differing={
        "excused": lambda words: {"found": [Excusable(rolls(words)[0], one) for one in rolls(words)[2].people]},
        "not_open": lambda words: {"meeting": [None, *meetings(words)]},
    },
)
