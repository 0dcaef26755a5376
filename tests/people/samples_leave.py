from dataclasses import replace

from domain.ids import BranchId, PersonId
from domain.people.leave import Away, HalfAsked
from domain.people.person import Person
from tests.samples import BOTH, MILLION, MONDAY, PHONE, TUESDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    person = Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=somebody(words).id)
    leaves = [Away(person, MONDAY, last) for last in (MONDAY, TUESDAY, None)]
    asked = HalfAsked(person, somebody(words).id, MONDAY, TUESDAY, words(100))
    return {
        "asked": [asked, replace(asked, first=TUESDAY)],
        "away": leaves,
        "day": [MONDAY],
        "first": [TUESDAY],
        "last": [MONDAY],
        "later": [TUESDAY],
        "leaves": [leaves * 10, []],
        "more": [0, MILLION],
        "name": [words(255)],
        "named": [words(255), ""],
        "part": [words(100)],
        "today": [MONDAY, MONDAY.replace(year=MONDAY.year - 1)],
        "private": BOTH,
        "who": [person],
        "workdays": [None, 0, 1, MILLION],
        "written": [words(100)],
    }


SAMPLES = Samples("leave", values)
