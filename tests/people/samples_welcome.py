from domain.features import FEATURES
from domain.ids import BranchId, PersonId
from domain.people.permission import Role
from domain.people.person import Person
from domain.people.welcome import Greeting, Offered
from tests.samples import BOTH, MILLION, PHONE, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    person = Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=somebody(words).id)
    path = (words(60),) * 6
    offers = [Offered(offer.name, MILLION) for feature in FEATURES for offer in feature.offers]
    return {
        "administrator": BOTH,
        "can_bind": BOTH,
        "greeting": [
            Greeting(words(64), person, path, tuple(Role)[1:], offers[:3]),
            Greeting(words(64), None, (), (Role.SECRETARY,), offers[3:]),
            Greeting(words(64), None, (), (), ()),
            Greeting(words(64), person, path, (), (), has_left=True),
        ],
        "hears_all": BOTH,
        "path": [path, ()],
    }


SAMPLES = Samples("welcome", values)
