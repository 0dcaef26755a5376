from domain.ids import BranchId, PersonId
from domain.people.person import Person
from storage.people import privacy
from tests.samples import MILLION, MONDAY, PHONE, Samples, Values, Words, awaited, nameless, somebody


def values(words: Words) -> Values:
    member = somebody(words)
    return {
        "column": sorted({one.key for own in privacy.OWN.values() for one in own.selected_columns}),
        "day": [MONDAY],
        "member": [member, awaited(words), nameless(words)],
        "name": [words(255)],
        "person": [Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=member.id)],
        "points": [MILLION],
        "sheet": list(privacy.OWN),
        "truth": ["yes", "no"],
    }


SAMPLES = Samples("privacy", values)
