"""Kept questionnaires in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from domain.ids import KeptId, MemberId
from domain.voice.questionnaire import data
from domain.voice.questionnaire.kept import KeptQuestionnaire
from domain.voice.questionnaire.model import Questionnaire
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.feature import ERASED, MEMBER, Feature, Personal

kept_questionnaires = Table(
    "kept_questionnaires",
    metadata,
    Column("id", Id, primary_key=True),
    Column("owner_id", Id, ForeignKey("members.id")),
    Column("questionnaire", Json, nullable=False),
    Column("title", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "owner_id"),
)

row = kept_questionnaires.c
KEPT = select(row.id, row.owner_id, row.questionnaire, row.kept_at)
GET = KEPT.where(row.id == bindparam("number"))
FROM = KEPT.where(row.source == bindparam("given"))
OF_OWNER = KEPT.where(or_(row.owner_id == bindparam("owner", type_=Id), row.owner_id.is_(None))).order_by(row.id.desc())
ALL = KEPT.order_by(row.id.desc())
ADD = insert(kept_questionnaires).returning(row.id)
REMOVE = delete(kept_questionnaires).where(row.id == bindparam("number"))
PASS_ON = (
    update(kept_questionnaires)
    .where(row.owner_id == bindparam("awaited"))
    .values(owner_id=bindparam("known", type_=Id))
)


def _to_kept(found: Sequence[Any]) -> KeptQuestionnaire:
    number, owner, told, kept_at = found
    questionnaire = data.to_questionnaire(told)
    return KeptQuestionnaire(KeptId(number), questionnaire, None if owner is None else MemberId(owner), kept_at)


class Kept:
    """See `domain.voice.questionnaire.kept.Kept`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[KeptQuestionnaire]:
        return [_to_kept(found) for found in self.connection.execute(statement, values)]

    def add(self, questionnaire: Questionnaire, owner: MemberId | None, source: str, at: datetime) -> KeptQuestionnaire:
        """Keep one; where one of the same source is kept already, it stays as it is."""
        known = self._all(FROM, given=source)
        if known:
            return known[0]
        values = {
            "owner_id": owner,
            "questionnaire": data.of_questionnaire(questionnaire),
            "title": questionnaire.title,
            "kept_at": at,
            "source": source,
        }
        return self._all(GET, number=self.connection.execute(ADD, values).scalar_one())[0]

    def get(self, number: KeptId) -> KeptQuestionnaire | None:
        """One of them."""
        return next(iter(self._all(GET, number=number)), None)

    def list(self, owner: MemberId | None) -> Sequence[KeptQuestionnaire]:
        """Those of an owner and those without one, the newest first; of `None` only the latter."""
        return self._all(OF_OWNER, owner=owner)

    def all(self) -> Sequence[KeptQuestionnaire]:
        """Whosever they are, the newest first."""
        return self._all(ALL)

    def remove(self, number: KeptId) -> None:
        """Keep it no longer."""
        self.connection.execute(REMOVE, {"number": number})

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member owned is now another's."""
        self.connection.execute(PASS_ON, {"awaited": awaited, "known": known})


OWN = select(row.id.label("number"), row.title, row.kept_at).where(row.owner_id == MEMBER).order_by(row.id)
FEATURE = Feature(
    tables=(kept_questionnaires,),
    personal=(Personal(426, "kept_questionnaires", OWN, texts="kept_questionnaire"),),
    erase_member=(delete(kept_questionnaires).where(row.owner_id == ERASED),),
)
