from dataclasses import replace
from typing import Any

from domain.ids import ChatId, DecisionId, MeetingId
from domain.life.meeting.deciding import Found
from domain.life.meeting.decision import MAX_GROUNDS_CHARS, MAX_TITLE_CHARS, Decision, Stage, Way
from domain.life.meeting.decision_card import Shown
from domain.life.meeting.quorum import Choice, Count, Quorum
from tests.life.samples_meeting import invited
from tests.samples import AT, MANY, Samples, Values, Words

COUNTS = [Count(3), Count(3, 2, 1), Count(1000, 501, 400, 99)]


def decisions(words: Words) -> list[Decision]:
    """Those that go on, were withdrawn, were decided."""
    title, grounds = words(MAX_TITLE_CHARS), words(MAX_GROUNDS_CHARS)
    one = Decision(DecisionId(1), MeetingId(7), ChatId(1), title, grounds, Way.OPEN, COUNTS[0], AT, present=3)
    ended = [replace(one, stage=Stage.DECIDED, count=count, ended_at=AT) for count in COUNTS]
    ways = [replace(one, way=Way.PAPER, grounds=""), replace(one, way=Way.BALLOT)]
    return [one, *ways, replace(one, stage=Stage.WITHDRAWN, ended_at=AT), *ended]


def values(words: Words) -> Values:
    some = decisions(words)
    decided = some[4:]
    return {
        "choice": list(Choice),
        "is_cast": [False, True],
        "least": [3],
        "column": [
            *("title", "choice", "begun_at", "number", "grounds", "way", "entitled"),
            *("for", "against", "abstained", "outcome", "ended_at"),
        ],
        "count": COUNTS,
        "decision": some,
        "found": [
            Found([], "", more=False),
            Found([], words(30), more=False),
            Found(decided, "", more=True),
            Found((decided * 3)[:8], words(30), more=True),
        ],
        "grounds": ["", words(MAX_GROUNDS_CHARS)],
        "most": [MAX_TITLE_CHARS],
        "present": [3],
        "quorum": [Quorum(12, 3), Quorum(12, 9), Quorum(0, 0, asked=False)],
        "sheet": ["votes", "ballots_cast", "decisions"],
        "shown": [Shown(one, 1, missing) for one in some for missing in ([], [invited(words)] * (MANY + 5))],
        "title": [words(MAX_TITLE_CHARS)],
        "way": list(Way),
    }


def occurs(text: str, shown: Any) -> bool:
    """Only what was decided has come to something."""
    return text != "decided" or shown["decision"].outcome is not None


SAMPLES = Samples("decision", values, occurs, differing={"too_few": lambda _: {"count": [0, 2]}})
