from dataclasses import replace

from domain.ids import BranchId, GrantId
from domain.people import role
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.role import Grant, Granted, Roles
from domain.people.telling import Change
from tests.people.samples_identity import whoms
from tests.samples import BOTH, MILLION, Samples, Values, Words, awaited, group_of, nameless, somebody


def values(words: Words) -> Values:
    member = somebody(words)
    grant = Grant(GrantId(1), member, Role.ADMINISTRATOR, Area(BranchId(1)), None, words(60))
    over_all = replace(grant, member=awaited(words), area=EVERYWHERE, where=None)
    group = group_of(words)
    held = [Roles([grant, over_all] * (role.LISTED // 2), [member], where, True, True) for where in (group, None)]
    accounts = [one for one in whoms(words) if one.member is not None]
    changes = [
        Change(member, whom, given, role, place)
        for whom in accounts
        for given in BOTH
        for role, place in ((Role.ADMINISTRATOR, words(60)), (None, None))
    ]
    return {
        "changes": [changes, changes[:1]],
        "more": [0, MILLION],
        "whom": accounts,
        "grant": [grant, over_all],
        "granted": [Granted(grant), Granted(over_all)],
        "member": [member, awaited(words), nameless(words)],
        "role": list(Role),
        "roles": held + [Roles([], [], where, False, False) for where in (group, None)],
        "where": [words(255), None],
        "words": [words(4000)],
    }


SAMPLES = Samples("role", values)
