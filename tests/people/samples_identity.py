from domain.ids import BranchId, PersonId
from domain.people.identity import Whom
from domain.people.person import Person
from tests.samples import PHONE, Samples, Values, Words, nameless, somebody


def whoms(words: Words) -> list[Whom]:
    """An account with its person, a person alone, accounts that are nobody's on the roster."""
    member, path = somebody(words), (words(60),) * 6
    person = Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=member.id)
    return [
        Whom(member, person, path),
        Whom(None, person, path),
        Whom(member, None, ()),
        Whom(nameless(words), None, ()),
    ]


def of_the_roster(words: Words) -> Values:
    return {"whom": [one for one in whoms(words) if one.person is not None]}


def values(words: Words) -> Values:
    return {"member": [somebody(words), nameless(words)], "name": [words(255)], "whom": whoms(words)}


SAMPLES = Samples("identity", values, differing={"person_button": of_the_roster})
