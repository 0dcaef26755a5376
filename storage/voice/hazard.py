"""Alarms about acute danger in the store, whom they have rung, and who is on call."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
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
    delete,
    insert,
    select,
    update,
)

from domain.ids import ChatId, MemberId, SuggestionId
from domain.people.permission import Area
from domain.voice.suggestion.hazard import Alarm, AlarmId
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, GROUP, MEMBER, Feature, Personal, subject
from storage.voice.suggestion import suggestions

hazard_alarms = Table(
    "hazard_alarms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("suggestion_id", Id, ForeignKey("suggestions.id"), nullable=False, unique=True),
    Column("group_id", Id, ForeignKey("chats.id")),
    Column("word", Text, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("times", Integer, nullable=False),
    Column("next_at", Moment),
    Column("acknowledged_by", Id, ForeignKey("members.id")),
    Column("acknowledged_at", Moment),
    Index(None, "next_at"),
)
hazard_calls = Table(
    "hazard_calls",
    metadata,
    Column("alarm_id", Id, ForeignKey("hazard_alarms.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "member_id"),
)
hazard_on_call = Table(
    "hazard_on_call",
    metadata,
    Column("area", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Index(None, "member_id"),
)
alarm, call, chosen, suggested = hazard_alarms.c, hazard_calls.c, hazard_on_call.c, suggestions.c
ALARMS: Select[Any] = select(*alarm)
ADD = insert(hazard_alarms).returning(alarm.id)
ONE = ALARMS.where(alarm.id == bindparam("number"))
OF = ALARMS.where(alarm.suggestion_id == bindparam("number"))
OF_WORDS = (
    ALARMS.join(suggestions, suggested.id == alarm.suggestion_id)
    .where(
        suggested.group_id == GROUP,
        suggested.fingerprint == bindparam("fingerprint"),
        ~suggested.above,
    )
    .order_by(alarm.id.desc())
    .limit(1)
)
SAVE = (
    update(hazard_alarms)
    .where(alarm.id == bindparam("number"))
    .values(
        times=bindparam("new_times"),
        next_at=bindparam("new_next", type_=Moment),
        acknowledged_by=bindparam("new_by", type_=Id),
        acknowledged_at=bindparam("new_known", type_=Moment),
    )
)
DUE = ALARMS.where(alarm.next_at <= bindparam("moment", type_=Moment)).order_by(alarm.id)
CALL = insert(hazard_calls)
CALLED = select(call.member_id).where(call.alarm_id == bindparam("number")).order_by(call.place)
CHOSEN = select(chosen.member_id).where(chosen.area == bindparam("at_area")).order_by(chosen.place)
CLEAR = delete(hazard_on_call).where(chosen.area == bindparam("at_area"))
CHOOSE = insert(hazard_on_call)
HAND_OVER = (
    update(hazard_on_call)
    .where(chosen.member_id == bindparam("awaited"))
    .values(member_id=bindparam("known", type_=Id))
)
DROP = delete(hazard_on_call).where(chosen.member_id == bindparam("who"))


def to_alarm(row: Sequence[Any]) -> Alarm:
    """A row of ALARMS as the domain's."""
    number, suggestion, group, word, raised_at, times, next_at, by, known_at = row
    place = None if group is None else ChatId(group)
    who = None if by is None else MemberId(by)
    return Alarm(AlarmId(number), SuggestionId(suggestion), place, word, raised_at, times, next_at, who, known_at)


class Hazards:
    """See `domain.voice.suggestion.hazard.Hazards`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, alarm: Alarm) -> Alarm:
        """Remember an alarm; its id is given now."""
        values = {
            "suggestion_id": alarm.suggestion,
            "group_id": alarm.group,
            "word": alarm.word,
            "raised_at": alarm.raised_at,
            "times": alarm.times,
            "next_at": alarm.next_at,
        }
        number = self.connection.execute(ADD, values).scalar_one()
        return Alarm(AlarmId(number), alarm.suggestion, alarm.group, alarm.word, alarm.raised_at)

    def get(self, alarm: AlarmId) -> Alarm | None:
        """One alarm."""
        return self._one(ONE, number=alarm)

    def of(self, suggestion: SuggestionId) -> Alarm | None:
        """The alarm of a suggestion."""
        return self._one(OF, number=suggestion)

    def of_words(self, group: ChatId, fingerprint: str) -> Alarm | None:
        """A group's newest alarm about the same words; none of what is for the next level alone."""
        return self._one(OF_WORDS, group=group, fingerprint=fingerprint)

    def _one(self, statement: Select[Any], **values: object) -> Alarm | None:
        row = self.connection.execute(statement, values).one_or_none()
        return to_alarm(row) if row else None

    def save(self, alarm: Alarm) -> None:
        """Remember what has changed about it."""
        values = {
            "number": alarm.id,
            "new_times": alarm.times,
            "new_next": alarm.next_at,
            "new_by": alarm.acknowledged_by,
            "new_known": alarm.acknowledged_at,
        }
        self.connection.execute(SAVE, values)

    def due(self, at: datetime) -> list[Alarm]:
        """What rings again at a moment."""
        return [to_alarm(row) for row in self.connection.execute(DUE, {"moment": at})]

    def call(self, alarm: AlarmId, members: Iterable[MemberId], at: datetime) -> None:
        """Note whom it has rung."""
        first = len(self.called(alarm))
        rows = [
            {"alarm_id": alarm, "place": place, "member_id": one, "at": at} for place, one in enumerate(members, first)
        ]
        if rows:
            self.connection.execute(CALL, rows)

    def called(self, alarm: AlarmId) -> list[MemberId]:
        """Whom it has rung, in that order."""
        return [MemberId(one) for one in self.connection.execute(CALLED, {"number": alarm}).scalars()]

    def on_call(self, area: Area) -> list[MemberId]:
        """Whom somebody has chosen for a part of the enterprise, in their order."""
        return [MemberId(one) for one in self.connection.execute(CHOSEN, {"at_area": str(area)}).scalars()]

    def choose(self, area: Area, members: Sequence[MemberId]) -> None:
        """Put others in their place."""
        self.connection.execute(CLEAR, {"at_area": str(area)})
        rows = [{"area": str(area), "place": place, "member_id": one} for place, one in enumerate(members)]
        if rows:
            self.connection.execute(CHOOSE, rows)

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are the same person."""
        self.connection.execute(HAND_OVER, {"awaited": awaited, "known": known})

    def drop(self, member: MemberId) -> None:
        """Somebody is on call nowhere any more."""
        self.connection.execute(DROP, {"who": member})


OWN_DUTY = select(chosen.area, chosen.place).where(chosen.member_id == MEMBER).order_by(chosen.area)
OWN_CALLS = (
    select(alarm.suggestion_id.label("number"), call.at, alarm.acknowledged_at)
    .join(hazard_calls, call.alarm_id == alarm.id)
    .where(call.member_id == MEMBER)
    .order_by(alarm.id)
)
ERASE_DUTY = delete(hazard_on_call).where(chosen.member_id == ERASED)
FEATURE = Feature(
    tables=(hazard_alarms, hazard_calls, hazard_on_call),
    personal=(
        Personal(406, "hazard_on_call", OWN_DUTY, texts="hazard"),
        Personal(407, "hazard_calls", OWN_CALLS, texts="hazard"),
    ),
    erase_member=(ERASE_DUTY,),
    not_erased={
        "hazard_alarms": "kept under a number: who saw to a danger",
        "hazard_calls": "kept under a number: whom an alarm has rung",
    },
    open_subjects=(
        select(subject("hazard:", call.alarm_id, ":", call.member_id))
        .join(hazard_alarms, alarm.id == call.alarm_id)
        .where(alarm.acknowledged_at.is_(None)),
    ),
)
