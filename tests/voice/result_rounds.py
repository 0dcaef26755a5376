"""Rounds and what was answered, for tests of results: in place of the stores of those who ask and keep them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.ids import BranchId, ChatId, MemberId, RoundId
from domain.messaging.chat import Chat
from domain.messaging.message import Document
from domain.people.member import Member
from domain.voice.questionnaire.model import Condition, Option, Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Audience, Confidence, Returned, Round
from tests.stores import AT

DOCUMENT = Document("results.file_name", "xlsx", b"")
CANTEEN = Questionnaire(
    "食堂满意度",
    (
        Question("taste", QuestionKind.RATING, "味道怎么样？", low=1, high=5),
        Question("when", QuestionKind.SINGLE, "什么时候去？", (Option("noon", "中午"), Option("night", "晚上"))),
        Question(
            "late",
            QuestionKind.SINGLE,
            "晚上有热菜吗？",
            (Option("yes", "有"), Option("no", "没有")),
            when=Condition("when", frozenset({"night"})),
        ),
        Question("words", QuestionKind.TEXT, "还想说什么？", required=False),
    ),
)


@dataclass
class Rounds:
    """See `domain.voice.questionnaire.round.Rounds`; as much of it as results need."""

    known: dict[RoundId, Round] = field(default_factory=dict)

    def get(self, number: RoundId) -> Round | None:
        return self.known.get(number)

    def open_at(self, at: datetime) -> Sequence[Round]:
        return ()

    def of(self, group: ChatId, most: int) -> Sequence[Round]:
        return [one for one in reversed(self.known.values()) if one.group == group][:most]


@dataclass
class Responses:
    """See `domain.voice.questionnaire.round.Responses`; as much of it as results need."""

    given: dict[RoundId, list[Returned]] = field(default_factory=dict)
    lost: set[MemberId] = field(default_factory=set)  # who has submitted what is not kept

    def submitted(self, one: Round) -> set[MemberId]:
        return {MemberId(number) for number, _ in enumerate(self.given.get(one.id, []))} | self.lost

    def returned(self, one: Round) -> Sequence[Returned]:
        found = self.given.get(one.id, [])
        named = one.confidence is Confidence.NAMED
        return found if named else [each._replace(member=None) for each in found]


def asked(group: Chat, asker: Member, number: int = 1, **changes: Any) -> Round:
    """An open round about the canteen."""
    made = Round(
        id=RoundId(number),
        questionnaire=CANTEEN,
        asker=asker,
        group=group.id,
        audience=Audience(group.id),
        confidence=Confidence.CONFIDENTIAL,
        asked_at=AT,
        opens_at=AT,
        closes_at=AT + timedelta(days=3),
    )
    return replace(made, **changes)


def closed(group: Chat, asker: Member, number: int = 1, **changes: Any) -> Round:
    """A closed one."""
    return asked(group, asker, number, **{"closed_at": AT, **changes})


def answered(
    taste: int, words: str = "", *, branch: int | None = None, member: int | None = None, night: bool = False
) -> Returned:
    """A response."""
    given: dict[str, Any] = {"taste": taste, "when": ("night" if night else "noon",)}
    given |= {"late": ("no",)} if night else {}
    given |= {"words": words} if words else {}
    place = None if branch is None else BranchId(branch)
    return Returned(given, place, None if member is None else MemberId(member))


def keep(stores: Any, one: Round, given: Sequence[Returned] = ()) -> None:
    """Put a round and its responses in the place of those of the store."""
    if not isinstance(stores.__dict__.get("rounds"), Rounds):
        stores.__dict__.update(rounds=Rounds(), responses=Responses())
    stores.rounds.known[one.id] = one
    stores.responses.given[one.id] = list(given)


@dataclass
class Everywhere:
    """The same rounds and responses for all transactions of a program."""

    rounds: Rounds = field(default_factory=Rounds)
    responses: Responses = field(default_factory=Responses)

    def add(self, one: Round, given: Sequence[Returned]) -> None:
        self.rounds.known[one.id] = one
        self.responses.given[one.id] = list(given)

    def replace_those_of(self, stores: type, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put these in the place of the program's."""
        monkeypatch.setattr(stores, "rounds", property(lambda _: self.rounds), raising=False)
        monkeypatch.setattr(stores, "responses", property(lambda _: self.responses), raising=False)

    def close(self, number: int, at: datetime) -> Round:
        one = replace(self.rounds.known[RoundId(number)], closed_at=at)
        self.rounds.known[one.id] = one
        return one
