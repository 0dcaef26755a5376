from dataclasses import replace
from datetime import timedelta

from domain.ids import ChatId, MatchId, MemberId, QuestionId
from domain.study.learning.figures import Asked, Share
from domain.study.match.card import LISTED, Board
from domain.study.match.model import MAX_TEAMS, Match, Round, Team
from domain.study.match.opening import Wish
from domain.study.match.outline import Outline
from domain.study.match.scoring import Count, standings
from tests.samples import AT, BOTH, MILLION, MONDAY, TUESDAY, Samples, Values, Words


def team(words: Words, number: int = 1) -> Team:
    return Team(ChatId(number), words(60))


def match(words: Words) -> Match:
    teams = tuple(team(words, number) for number in range(MAX_TEAMS))
    rounds = (Round(MONDAY, (QuestionId(1), QuestionId(2))), Round(TUESDAY, (QuestionId(3), QuestionId(4))))
    week = AT + timedelta(days=5)
    return Match(MatchId(7), words(30), MemberId(7), AT, AT, week, (words(30),), teams, rounds)


def matches(words: Words) -> list[Match]:
    """Not begun, played, ended, withdrawn."""
    first = match(words)
    begun = replace(first, begun_at=AT, shown_at=AT)
    return [first, begun, replace(begun, ended_at=AT), replace(begun, withdrawn_at=AT)]


def boards(words: Words) -> list[Board]:
    hard = [Asked(QuestionId(number), words(1000), Share(1, MILLION)) for number in range(3)]
    found = []
    for one in matches(words):
        for right, people, teams in ((0, 0, 2), (MILLION, MILLION, 2), (MILLION, MILLION, MAX_TEAMS)):
            counts = [Count(each, people, 20 * people, right, people) for each in one.teams[:teams]]
            found.append(
                Board(one, standings(counts, 20), one.teams[LISTED if teams > LISTED else 0], hard[: teams - 2])
            )
    return found


def outlines(words: Words) -> list[Outline]:
    teams = [(team(words, number), MILLION) for number in range(MAX_TEAMS)]
    many = Wish(words(30), [ChatId(1)] * MAX_TEAMS, [words(30)] * 12, 3, MONDAY)
    few = replace(many, topics=())
    return [
        Outline(many, teams, [MONDAY, TUESDAY], 3),
        Outline(few, teams[:2], [MONDAY], MILLION),
        Outline(few, teams[:2], [], 0),
    ]


def values(words: Words) -> Values:
    some = matches(words)
    return {
        "board": boards(words),
        "column": ["name", "opened_at", "team"],
        "count": [0, 1, MAX_TEAMS],
        "first": [MONDAY],
        "found": [0, MILLION],
        "last": [TUESDAY],
        "left": [0, 1, 25],
        "managing": [[], some],
        "match": some,
        "matches": [[(some[1], 25)] * 3],
        "may_open": BOTH,
        "monday": [MONDAY],
        "more": BOTH,
        "most": [30],
        "name": [words(30)],
        "needed": [25],
        "outline": outlines(words),
        "playing": [[], some[:2]],
        "rank": [1, MAX_TEAMS],
        "sheet": ["matches", "match_teams"],
        "step": [{}],
        "team": [team(words)],
        "teams": [[team(words, number) for number in range(MAX_TEAMS)]],
        "title": [words(100)],
        "topic": [words(30)],
        "topics": [[words(30)] * 12],
    }


SAMPLES = Samples("match", values, differing={"summary": lambda _: {"teams": [2, MAX_TEAMS]}})
