from domain.messaging.message import Text
from domain.people.permission import Role
from tests.samples import AT, BOTH, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    return {
        "at": [AT],
        "by": list(Role),
        "command": [words(32)],
        "group_admins": BOTH,
        "secretary": BOTH,
        "near": BOTH,
        "in_group": BOTH,
        "why": [Text("general.not_everywhere"), Text("study.nothing")],
        "who": [[somebody(words)], [somebody(words)] * 3],
    }


SAMPLES = Samples("general", values)
