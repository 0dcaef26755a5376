from dataclasses import replace
from datetime import timedelta

from domain.admin.audit import FIRST, Line, Part, Record, Searched, Wanted
from domain.features import AUDIT_KINDS, FEATURES
from domain.people.role import ROLE_GRANTED
from tests.samples import AT, MONDAY, Samples, Values, Words, awaited, somebody


def values(words: Words) -> Values:
    found = lines(words)
    wanted = Wanted(somebody(words).id, "role", MONDAY, MONDAY + timedelta(days=9))
    pages = [Searched(wanted, somebody(words), found[n : n + 8], 7, False, AT) for n in range(0, len(found), 8)]
    return {
        "action": [*actions(), "unheard.of"],
        "change": ["closed", ""],
        "parts": [parts_of(words), [Part(one, False) for one in ["30", "8", "*", "*", "1-5", "paused"]], []],
        "word": ["survey:8", "new:3", "secretary", words(200)],
        "kind": [None, *AUDIT_KINDS],
        "searched": [*pages, Searched(Wanted(), None, [], None, True, AT)],
    }


def parts_of(words: Words) -> list[Part]:
    return [Part(words(255), True), Part(words(200), False), Part("secretary", False)]


def actions() -> list[str]:
    return [action for feature in FEATURES for action in feature.audit]


def lines(words: Words) -> list[Line]:
    """Records of every kind of action, and of one that the program no longer has."""
    member = somebody(words)
    parts = parts_of(words)
    record = Record(10**9, AT, member.id, ROLE_GRANTED, "", None, None, FIRST)
    changes = ((member, parts, parts), (None, (), parts), (awaited(words), parts, ()), (awaited(words), (), ()))
    return [
        Line(replace(record, action=one), who, parts, old, new)
        for one in (*actions(), "unheard.of")
        for who, old, new in changes
    ]


SAMPLES = Samples("audit", values)
