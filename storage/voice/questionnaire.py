"""Rounds of questionnaires in the store."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from domain.ids import BranchId, ChatId, RoundId
from domain.voice.questionnaire.data import of_questionnaire, to_questionnaire
from domain.voice.questionnaire.model import Questionnaire
from domain.voice.questionnaire.round import Audience, Confidence, Every, Round
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.feature import MEMBER, Feature, Personal, subject
from storage.people.member import columns, members, to_member

rounds = Table(
    "rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("asker_id", Id, ForeignKey("members.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("questionnaire", Text, nullable=False),  # never changes
    Column("audience", Json, nullable=False),
    Column("confidence", String(16), nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("results_at_once", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("every", String(8)),
    Column("previous_id", Id, ForeignKey("rounds.id")),
    Column("asked_at", Moment, nullable=False),
    Column("opens_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("posted_at", Moment),
    Column("reminded_at", Moment),
    Column("again_at", Moment),
    Column("closed_at", Moment),
    Column("withdrawn_at", Moment),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "closed_at", "closes_at"),
    Index(None, "group_id", "id"),
    Index(None, "again_at"),
)

round_ = rounds.c
ROUNDS: Select[Any] = select(
    round_.id,
    round_.group_id,
    round_.questionnaire,
    round_.audience,
    round_.confidence,
    round_.threshold,
    round_.results_at_once,
    round_.urgent,
    round_.every,
    round_.previous_id,
    round_.asked_at,
    round_.opens_at,
    round_.closes_at,
    round_.posted_at,
    round_.reminded_at,
    round_.again_at,
    round_.closed_at,
    round_.withdrawn_at,
    *columns(members),
).join(members, members.c.id == round_.asker_id)
AT: BindParameter[Any] = bindparam("at", type_=Moment)
GOES_ON = (round_.closed_at.is_(None), round_.withdrawn_at.is_(None))
GET = ROUNDS.where(round_.id == bindparam("round"))
ASKED_BY = ROUNDS.where(round_.source == bindparam("source"))
OF = (
    ROUNDS.where(round_.group_id == bindparam("group"), round_.withdrawn_at.is_(None))
    .order_by(round_.id.desc())
    .limit(bindparam("most"))
)
OPEN_AT = ROUNDS.where(*GOES_ON, round_.posted_at.is_not(None), round_.opens_at <= AT, round_.closes_at > AT).order_by(
    round_.closes_at, round_.id
)
POSTED_SINCE = ROUNDS.where(round_.posted_at >= bindparam("since"), round_.withdrawn_at.is_(None)).order_by(round_.id)
TO_POST = ROUNDS.where(*GOES_ON, round_.posted_at.is_(None), round_.opens_at <= AT, round_.closes_at > AT).order_by(
    round_.id
)
TO_CLOSE = ROUNDS.where(*GOES_ON, round_.closes_at <= AT).order_by(round_.id)
TO_REPEAT = ROUNDS.where(round_.again_at <= AT).order_by(round_.id)
ADD = insert(rounds).returning(round_.id)
SAVE = (
    update(rounds)
    .where(round_.id == bindparam("round"))
    .values(
        closes_at=bindparam("new_closes_at"),
        posted_at=bindparam("new_posted_at"),
        reminded_at=bindparam("new_reminded_at"),
        again_at=bindparam("new_again_at"),
        closed_at=bindparam("new_closed_at"),
        withdrawn_at=bindparam("new_withdrawn_at"),
    )
)


@lru_cache(maxsize=64)
def _questionnaire(text: str) -> Questionnaire:
    """Read once: each press of whoever answers asks for it, and reading one takes longer than the statement."""
    return to_questionnaire(json.loads(text))


def to_round(row: Sequence[Any]) -> Round:
    """A row of ROUNDS as the domain's."""
    (
        id_,
        group,
        questionnaire,
        audience,
        confidence,
        threshold,
        at_once,
        urgent,
        every,
        previous,
        *times,
    ) = row[:-COLUMNS_OF_ASKER]
    asked_at, opens_at, closes_at, posted_at, reminded_at, again_at, closed_at, withdrawn_at = times
    return Round(
        id=RoundId(id_),
        questionnaire=_questionnaire(questionnaire),
        asker=to_member(tuple(row[-COLUMNS_OF_ASKER:])),
        group=ChatId(group),
        audience=_to_audience(audience),
        confidence=Confidence(confidence),
        asked_at=asked_at,
        opens_at=opens_at,
        closes_at=closes_at,
        threshold=threshold,
        results_at_once=at_once,
        urgent=urgent,
        previous=previous and RoundId(previous),
        closed_at=closed_at,
        withdrawn_at=withdrawn_at,
        posted_at=posted_at,
        reminded_at=reminded_at,
        every=every and Every(every),
        again_at=again_at,
    )


COLUMNS_OF_ASKER = len(columns(members))


def _of_audience(one: Audience) -> dict[str, Any]:
    return {"group": one.group, "branches": sorted(one.branches), "roles": sorted(one.roles)}


def _to_audience(data: dict[str, Any]) -> Audience:
    group = data["group"]
    branches = frozenset(BranchId(one) for one in data["branches"])
    return Audience(None if group is None else ChatId(group), branches, frozenset(data["roles"]))


class Rounds:
    """See `domain.voice.questionnaire.round.Rounds`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Round]:
        return [to_round(row) for row in self.connection.execute(statement, values)]

    def get(self, number: RoundId) -> Round | None:
        """One round."""
        return next(iter(self._all(GET, round=number)), None)

    def add(self, one: Round, source: str) -> Round:
        """Remember a round; its id is given now."""
        values = {
            "group_id": one.group,
            "asker_id": one.asker.id,
            "title": one.questionnaire.title,
            "questionnaire": json.dumps(of_questionnaire(one.questionnaire), ensure_ascii=False),
            "audience": _of_audience(one.audience),
            "confidence": one.confidence,
            "threshold": one.threshold,
            "results_at_once": one.results_at_once,
            "urgent": one.urgent,
            "every": one.every,
            "previous_id": one.previous,
            "asked_at": one.asked_at,
            "opens_at": one.opens_at,
            "closes_at": one.closes_at,
            "again_at": one.again_at,
            "source": source,
        }
        return self._all(GET, round=self.connection.execute(ADD, values).scalar_one())[0]

    def save(self, one: Round) -> None:
        """Remember what has changed about a round: its times."""
        self.connection.execute(
            SAVE,
            {
                "round": one.id,
                "new_closes_at": one.closes_at,
                "new_posted_at": one.posted_at,
                "new_reminded_at": one.reminded_at,
                "new_again_at": one.again_at,
                "new_closed_at": one.closed_at,
                "new_withdrawn_at": one.withdrawn_at,
            },
        )

    def asked_by(self, source: str) -> Round | None:
        """The round of a source."""
        return next(iter(self._all(ASKED_BY, source=source)), None)

    def of(self, group: ChatId, most: int) -> list[Round]:
        """The newest rounds of a group that were not withdrawn; at most so many."""
        return self._all(OF, group=group, most=most)

    def open_at(self, at: datetime) -> list[Round]:
        """Rounds that can be answered at a moment and of which people were told, the next closing time first."""
        return self._all(OPEN_AT, at=at)

    def posted_since(self, since: datetime) -> list[Round]:
        """Rounds of which people were told since a moment, and that were not withdrawn."""
        return self._all(POSTED_SINCE, since=since)

    def to_post(self, at: datetime) -> list[Round]:
        """Rounds that are open by their time and of which nobody was told yet."""
        return self._all(TO_POST, at=at)

    def to_close(self, at: datetime) -> list[Round]:
        """Rounds whose time is over and that are neither closed nor withdrawn."""
        return self._all(TO_CLOSE, at=at)

    def to_repeat(self, at: datetime) -> list[Round]:
        """Rounds that are to be asked anew."""
        return self._all(TO_REPEAT, at=at)


OWN_ROUNDS = (
    select(round_.id.label("number"), round_.title, round_.asked_at, round_.closes_at)
    .where(round_.asker_id == MEMBER)
    .order_by(round_.id)
)
FEATURE = Feature(
    tables=(rounds,),
    personal=(Personal(427, "rounds", OWN_ROUNDS, texts="questionnaire"),),
    not_erased={"rounds": "kept under a number"},
    open_subjects=(select(subject("round:", round_.id)).where(*GOES_ON),),
)
