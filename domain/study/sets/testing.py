"""A test: questions for some people alone, answered like a set, which no group has a line of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.ids import QuestionSetId
from domain.study.sets.model import MAX_SPECIAL_QUESTIONS, QuestionSet, SetKind
from domain.study.sets.picking import askable, pick
from domain.study.sets.service import TooFewQuestions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.study.features import Stores

FEWEST = 5  # questions of a test


def count(stores: Stores, group: Chat, topic: str, at: datetime) -> int:
    """How many questions about a topic a test in a group could ask."""
    return len(askable(stores, group, group.day(at), (topic,) if topic else ()))


def topics(stores: Stores, group: Chat, at: datetime) -> Mapping[str, int]:
    """How many questions about each topic could be asked in a group."""
    return Counter(one.question.topic for one in askable(stores, group, group.day(at), ()))


def check(stores: Stores, group: Chat, topic: str, at: datetime) -> None:
    """Whether there are enough questions for a test. Raises TooFewQuestions."""
    there = count(stores, group, topic, at)
    if there < FEWEST:
        raise TooFewQuestions(topic=topic, there=there, wanted=FEWEST)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a test is to be: about a topic (all of them where it is empty), for people, at most so many questions."""

    title: str
    topic: str
    people: Collection[MemberId]
    closes_at: datetime
    most: int = MAX_SPECIAL_QUESTIONS


def give(stores: Stores, group: Chat, wanted: Wanted, *, maker: MemberId, source: str, at: datetime) -> QuestionSet:
    """Give a test to people, once for a source; whoever calls has asked for permission. Raises TooFewQuestions."""
    known = stores.sets.made_by(source)
    if known is not None:
        return known
    check(stores, group, wanted.topic, at)
    there = askable(stores, group, group.day(at), (wanted.topic,) if wanted.topic else ())
    chosen = [one.id for one in pick(there, stores.attempts.results(group.id), wanted.most, source)]
    new = QuestionSet(QuestionSetId(0), SetKind.TEST, group.id, wanted.title, chosen, at, wanted.closes_at, maker)
    added = stores.sets.add(new, source)
    stores.sets.put_people(added.id, wanted.people)
    return added
