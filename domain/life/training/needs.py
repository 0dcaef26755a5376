"""What people need to be trained in, by what the store knows: weak questions of study, and a questionnaire.

Nothing of a few people is told: study shows a topic from five people and five answers on, and a questionnaire shows
what its own threshold allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.life.training.model import MAX_SUBJECT_CHARS
from domain.people.permission import Permission, require
from domain.study.learning import service as learning
from domain.study.learning.figures import LEAST_ANSWERS, Share
from domain.study.question import MAX_TOPIC_CHARS
from domain.study.sets import testing
from domain.voice.questionnaire.model import QuestionKind
from domain.voice.questionnaire.results import counted_of, for_all
from domain.voice.questionnaire.threshold import least_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import RoundId
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.voice.questionnaire.round import Round

DAYS = 92  # of study that are looked at
WEAK_BELOW = 80  # of a hundred; a topic that is better known needs no training
MAX_NEEDS = 5  # of each source
LOOKED_AT = 30  # rounds of a group
ASKS = ("topics", "way", "time")  # the questions by which a survey of needs is known, as in its template


class Source(StrEnum):
    """Where a need comes from."""

    STUDY = "study"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Need:
    """A subject that people need. `share` are the right answers of all, or who has chosen it of those asked.

    `number` and `place` find it again: a question about the topic, or the round and the place of the option.
    """

    source: Source
    subject: str
    share: Share
    number: int
    place: int = 0
    topic: str = ""
    can_be_tested: bool = False

    @property
    def words(self) -> str:
        """What the training keeps as its reason."""
        return f"{self.source}:{self.number}:{self.place}"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a group needs: weak topics first, then what people have asked for. `survey` is the newest one that asked."""

    group: Chat
    weak: Sequence[Need]
    wanted: Sequence[Need]
    survey: Round | None


def needs(stores: Stores, actor: Actor) -> Needs:
    """What the people of the group need to be trained in, for whoever plans its work."""
    require(stores, actor, Permission.PLAN_WORK)
    group = actor.group
    survey = _survey(stores, group)
    return Needs(group, _weak(stores, group, actor.now), [] if survey is None else _wanted(stores, survey), survey)


def one(stores: Stores, actor: Actor, *, source: Source, number: int, place: int) -> Need | None:
    """One of these needs, if it is still there."""
    found = needs(stores, actor)
    every = [*found.weak, *found.wanted]
    return next((one for one in every if (one.source, one.number, one.place) == (source, number, place)), None)


def _weak(stores: Stores, group: Chat, at: datetime) -> list[Need]:
    """The topics with the lowest shares of right first answers in the last quarter of a year."""
    since = group.start_of(group.day(at)) - timedelta(days=DAYS)
    learnt = learning.of_group(stores, group, since, at)
    shares: dict[str, Share] = {}
    numbers: dict[str, int] = {}
    for asked in learning.tellable(learnt):
        question = stores.questions.get(asked.question)
        topic = "" if question is None else question.question.topic[:MAX_TOPIC_CHARS]
        if topic:
            shares[topic] = shares.get(topic, Share()) + asked.share
            numbers.setdefault(topic, asked.question)
    there = testing.topics(stores, group, at)
    testable = {topic for topic, count in there.items() if count >= testing.FEWEST}
    weak = [
        Need(Source.STUDY, topic, share, numbers[topic], topic=topic, can_be_tested=topic in testable)
        for topic, share in shares.items()
        if share.answered >= LEAST_ANSWERS and share.percent < WEAK_BELOW
    ]
    return sorted(weak, key=lambda need: (need.share.percent, need.subject))[:MAX_NEEDS]


def _survey(stores: Stores, group: Chat) -> Round | None:
    """The newest closed survey of needs of a group."""
    for asked in stores.rounds.of(group.id, LOOKED_AT):
        known = {question.key for question in asked.questionnaire.questions}
        if asked.closed_at is not None and asked.withdrawn_at is None and known.issuperset(ASKS):
            return asked
    return None


def _wanted(stores: Stores, survey: Round) -> list[Need]:
    """What most people have chosen, as far as everybody may know it."""
    counted = for_all(counted_of(stores, survey), least_of(survey, to_all=True))
    figure = counted.figure(ASKS[0])
    if figure is None or figure.hidden or figure.question.kind is not QuestionKind.MULTIPLE:
        return []
    number: RoundId = survey.id
    wanted = [
        Need(Source.SURVEY, option.text[:MAX_SUBJECT_CHARS], Share(count, figure.asked), number, place)
        for place, (option, count) in enumerate(figure.shares)
        if count
    ]
    return sorted(wanted, key=lambda need: (-need.share.right, need.place))[:MAX_NEEDS]
