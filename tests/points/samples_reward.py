from dataclasses import replace
from datetime import date

from domain.ids import BranchId, RewardId, RewardRequestId
from domain.people.branch import Branch, BranchKind
from domain.points.reason import MAX_REASON_CHARS
from domain.points.reward import (
    LISTED,
    MAX_COST,
    MAX_OPEN,
    MAX_STOCK,
    MAX_TITLE_CHARS,
    MAX_VALUE,
    Asked,
    Catalogue,
    Kept,
    Offer,
    Proposed,
    Request,
    Reward,
    Shown,
    State,
    TakenBack,
    Waiting,
)
from tests.samples import AT, BOTH, MANY, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    title = words(MAX_TITLE_CHARS)
    place = Branch(BranchId(1), None, BranchKind.BRANCH, words(60))
    offer = Offer(title, MAX_COST, MAX_STOCK, MAX_VALUE, place.id, date(2027, 12, 31))
    cheap = Offer(title, 1, 0)
    reward, other = Reward(RewardId(1), offer), Reward(RewardId(2), cheap)
    asked = Request(
        RewardRequestId(1), reward.id, somebody(words), place.id, title, MAX_COST, MAX_VALUE, 2026, AT, State.OPEN
    )
    states = [
        asked,
        asked.moved(State.APPROVED),
        asked.moved(State.HANDED, handed_on=MONDAY),
        asked.moved(State.REFUSED, reason=words(MAX_REASON_CHARS)),
    ]
    kept = [Kept(reward, place), Kept(other, None), Kept(replace(reward, closed_at=AT), place)]
    used_up = frozenset({reward.id})
    return {
        "asked": [Asked(asked, MILLION, told) for told in BOTH],
        "balance": [-MILLION],
        "branch": [place],
        "catalogue": [Catalogue(kept[:1] * LISTED, LISTED, True), Catalogue((), 0, False)],
        "column": ["asked_at", "title", "cost", "state", "changed_at", "handed_on", "reason"],
        "cost": [MAX_COST],
        "count": [1, MILLION],
        "day": [MONDAY],
        "days": [3],
        "kept": kept,
        "least": [0, 1],
        "most": [MAX_STOCK],
        "number": [50],
        "offer": [offer, cheap],
        "proposed": [Proposed(reward, 0), Proposed(other, MILLION)],
        "request": states,
        "reward": [reward, other],
        "sheet": ["rewards"],
        "shown": [
            Shown(
                -MILLION, [reward, other] * (LISTED // 2), 0, True, [asked, states[1]] * (MAX_OPEN // 2), True, used_up
            ),
            Shown(MILLION, [reward], 0, False, (), False, frozenset()),
            Shown(0, (), 0, False, (), False, frozenset()),
        ],
        "state": list(State),
        "taken": [TakenBack(asked, MILLION)],
        "title": [title],
        "waiting": [Waiting([asked] * MANY, [states[1]] * MANY), Waiting([], [states[1]]), Waiting([asked], [])],
        "where": [place, None],
    }


SAMPLES = Samples("reward", values)
