from collections.abc import Mapping
from typing import Any

from domain.ids import BranchId, PersonId
from domain.people.invitation import Answered
from domain.people.person import Person
from tests.people.samples_identity import whoms
from tests.samples import AT, BOTH, MILLION, PHONE, Samples, Values, Words, awaited, nameless, somebody


def values(words: Words) -> Values:
    member = somebody(words)
    person = Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=member.id)
    return {
        "whom": whoms(words),
        "answered": [Answered(person, member, member, confirmed=yes) for yes in BOTH],
        "asked": [0, 3],
        "count": [MILLION],
        "link": ["https://t.me/b?start=invite-" + "a" * 32],
        "member": [member, awaited(words), nameless(words)],
        "most": [2000],
        "name": [words(255)],
        "path": [(words(60),) * 6, ()],
        "person": [person, None],
        "private": BOTH,
        "until": [AT],
        "words": [words(4000)],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """Only two texts are rendered without a person."""
    return shown.get("person", 1) is not None or text in ("not_your_branch", "claimed")


SAMPLES = Samples("invitation", values, occurs)
