from domain.ids import BranchId, ChatId, PersonId
from domain.messaging.chat import Admission, Chat, ChatKind
from domain.people.admission import Decided
from domain.people.member import PersonProfile
from domain.people.person import Person
from tests.samples import PHONE, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    person = Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=somebody(words).id)
    groups = [
        Chat(ChatId(1), -1, ChatKind.GROUP, words(128), "Asia/Shanghai", "zh", active=True, admission=admission)
        for admission in (Admission.ADMITTED, Admission.REFUSED)
    ]
    by = somebody(words)
    return {
        "by": [PersonProfile(7, words(64), "a" * 32), PersonProfile(7, words(64)), None],
        "decided": [Decided(group, by) for group in groups],
        "group": groups,
        "person": [person, None],
    }


SAMPLES = Samples("admission", values, differing={"already_decided": lambda words: {"by": [somebody(words), None]}})
