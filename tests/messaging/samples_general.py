from domain.people.permission import Role
from tests.samples import AT, BOTH, Samples, Values, Words


def values(words: Words) -> Values:
    return {"at": [AT], "by": list(Role), "command": [words(32)], "group_admins": BOTH, "secretary": BOTH}


SAMPLES = Samples("general", values)
