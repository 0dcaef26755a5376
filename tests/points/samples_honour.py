from dataclasses import replace

from domain.ids import BranchId, ChatId, HonourId, MemberId
from domain.points.honour import Certificate, Honour, Listing
from tests.samples import AT, BOTH, MANY, MILLION, MONDAY, Samples, Values, Words, awaited, somebody


def honours(words: Words) -> list[Honour]:
    """A person's, a branch's, and one that was withdrawn."""
    one = Honour(
        id=HonourId(MILLION),
        group=ChatId(1),
        title=words(20),
        member=somebody(words),
        branch=None,
        branch_name="",
        citation=words(300),
        issuer=words(60),
        giver=MemberId(1),
        day=MONDAY,
        at=AT,
    )
    team = replace(one, member=None, branch=BranchId(1), branch_name=words(60))
    return [one, team, replace(one, withdrawn_at=AT, withdrawn_for=words(200))]


def values(words: Words) -> Values:
    many = [*honours(words)[:2], *honours(words)[:1] * (MANY - 7)]
    holders = [somebody(words), awaited(words), words(60)]
    return {
        "certificate": [Certificate(one, words(20), words(300), words(60), MONDAY) for one in holders],
        "citation": [words(300)],
        "day": [MONDAY],
        "holder": holders,
        "honour": honours(words),
        "honours": [many[:8], honours(words)[:1], []],
        "length": [MILLION],
        "listing": [Listing(shown, more, own) for shown in (many, []) for more in BOTH for own in BOTH],
        "more": [0, 1, MILLION],
        "most": [300],
        "name": [words(60)],
        "number": [MILLION],
        "sent": BOTH,
        "team": BOTH,
        "title": [words(20)],
    }


def occurs(text: str, shown: object) -> bool:
    """A summary names somebody or counts somebody."""
    values = dict(shown) if isinstance(shown, dict) else {}
    return text != "summary" or bool(values["honours"] or values["more"])


SAMPLES = Samples("honour", values, occurs)
