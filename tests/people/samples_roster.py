from dataclasses import replace

from domain.ids import BranchId, PersonId
from domain.people import roster
from domain.people.permission import Role
from domain.people.person import Person
from domain.people.roster import Change, Leave, Move, Power, Preview, Row, Thinned, Unclear, Unused, Why
from sheets import Fault, Mistake, Reason
from tests.samples import MANY, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    faults = [Fault(MILLION, "AAA", mistake, words(40)) for mistake in Mistake]
    return {
        "count": [MILLION],
        "detail": [words(255)],
        "fault": faults,
        "faults": [faults, faults * 20, faults[:1]],
        "file": [words(255)],
        "most": [2000],
        "by": [somebody(words), None],
        "plan": [one.plan for one in previews(words)],
        "preview": previews(words),
        "wrong": list(Reason),
    }


def previews(words: Words) -> list[Preview]:
    """What a roster would do: everything at once, and nothing."""
    path = (words(60),) * 10
    person = Person(PersonId(1), words(32), words(60), BranchId(1))
    changed = replace(person, name=words(59), role=words(100), phone=words(20), joined_on=MONDAY)
    powers = [
        Power(words(60), words(32), "", words(100), path, Role.SECRETARY, (), waits=True),
        Power(words(60), words(32), words(100), "", path, Role.LEADER, [*Role]),
        Power(words(60), words(32), words(100), "", (), None, [Role.ADMINISTRATOR]),
    ]
    powers *= 3
    everything = roster.Plan(
        branches=[path] * MANY,
        new=[Row(1, words(32), words(60), path)] * MANY,
        changed=[Change(person, changed)] * MANY,
        moved=[Move(person, path), Move(replace(person, left_on=MONDAY), path)] * MANY,
        left=[person] * MANY,
        leave=[Leave(words(32), MONDAY, None)],
        unclear=[Unclear(MILLION, words(60), why) for why in Why] * MANY,
        same=MILLION,
        powers=powers,
        thinned=[Thinned(path, MANY, MILLION), Thinned((), 1, 1)] * MANY,
        unused=[Unused(words(60), words(30)), Unused(words(60), instead=words(60)), Unused(words(60))] * MANY,
    )
    one = roster.Plan(unclear=everything.unclear[:1], same=1)
    return [Preview(words(255), everything, again=True), Preview(words(255), everything), Preview("", one)]


SAMPLES = Samples("roster", values)
