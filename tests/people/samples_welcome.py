from domain.ids import BranchId, PersonId
from domain.people.permission import Role
from domain.people.person import Person
from domain.people.welcome import Greeting, Thing
from tests.samples import BOTH, MILLION, PHONE, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    person = Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=somebody(words).id)
    path = (words(60),) * 6
    return {
        "administrator": BOTH,
        "can_bind": BOTH,
        "greeting": [
            Greeting(words(64), person, path, tuple(Role)[1:], tuple(Thing)[:3], MILLION),
            Greeting(words(64), None, (), (Role.SECRETARY,), tuple(Thing)[3:6], 1),
            Greeting(words(64), None, (), (), tuple(Thing)[6:], 0),
            Greeting(words(64), person, path, (), (), 0),
        ],
        "hears_all": BOTH,
        "path": [path, ()],
    }


SAMPLES = Samples("welcome", values)
