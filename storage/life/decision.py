"""Decisions of meetings in the store, and the votes of those that are open."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ChatId, DecisionId, MeetingId
from domain.life.meeting.decision import Decision, Stage, Way
from domain.life.meeting.quorum import Choice, Count
from domain.table import Code
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import upsert
from storage.feature import MEMBER, PERSON, Feature, Personal, subject
from storage.life.meeting_tables import meeting_people

meeting_decisions = Table(
    "meeting_decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("grounds", Text, nullable=False),
    Column("way", String(16), nullable=False),
    Column("entitled", Integer, nullable=False),
    Column("for_count", Integer, nullable=False),
    Column("against_count", Integer, nullable=False),
    Column("abstained_count", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("present", Integer, nullable=False),
    Column("ended_at", Moment),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "meeting_id"),
    Index(None, "group_id"),
)
meeting_votes = Table(
    "meeting_votes",
    metadata,
    Column("decision_id", Id, ForeignKey("meeting_decisions.id"), primary_key=True),
    Column("voter_id", Id, ForeignKey("meeting_people.id"), primary_key=True),
    Column("choice", String(16), nullable=False),
    Index(None, "voter_id"),
)

decision, given, there = meeting_decisions.c, meeting_votes.c, meeting_people.c
NUMBER = bindparam("decision", type_=Id)
ALL = select(*(one for one in decision if one.name != "source"))
ADD = insert(meeting_decisions).returning(decision.id)
GET, PROPOSED_BY = ALL.where(decision.id == NUMBER), ALL.where(decision.source == bindparam("source"))
CHANGED = ("stage", "present", "ended_at", "for_count", "against_count", "abstained_count")
SAVE = update(meeting_decisions).where(decision.id == NUMBER).values({one: bindparam(f"new_{one}") for one in CHANGED})
OF = ALL.where(decision.meeting_id == bindparam("meeting", type_=Id), decision.stage != Stage.WITHDRAWN.value).order_by(
    decision.id
)
VOTE = upsert(meeting_votes, ("decision_id", "voter_id"), choice=bindparam("new_choice"))
VOTES = select(given.voter_id, given.choice).where(given.decision_id == NUMBER)
SEARCH = (
    ALL.where(
        decision.group_id.in_(bindparam("groups", expanding=True)),
        decision.stage == Stage.DECIDED.value,
        decision.id < bindparam("before", type_=Id),
        or_(
            decision.title.contains(bindparam("words"), escape="/"),
            decision.grounds.contains(bindparam("words"), escape="/"),
        ),
    )
    .order_by(decision.id.desc())
    .limit(bindparam("most"))
)


class Decisions:
    """See `domain.life.meeting.decision.Decisions`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Decision]:
        return [to_decision(row) for row in self.connection.execute(statement, values).all()]

    def _one(self, statement: Any, **values: Any) -> Decision | None:
        return next(iter(self._all(statement, **values)), None)

    def add(self, decision: Decision, source: str) -> Decision:
        """Remember a decision; its id is given now."""
        values = {
            "meeting_id": decision.meeting,
            "group_id": decision.group,
            "title": decision.title,
            "grounds": decision.grounds,
            "way": decision.way,
            "entitled": decision.count.entitled,
            "begun_at": decision.begun_at,
            "source": source,
            **_changing(decision),
        }
        number = self.connection.execute(ADD, values).scalar_one()
        return self._all(GET, decision=number)[0]

    def proposed_by(self, source: str) -> Decision | None:
        """The decision that was proposed by a form."""
        return self._one(PROPOSED_BY, source=source)

    def get(self, decision: DecisionId) -> Decision | None:
        """One decision."""
        return self._one(GET, decision=decision)

    def save(self, decision: Decision) -> None:
        """Remember what has changed about a decision."""
        values = {f"new_{name}": value for name, value in _changing(decision).items()}
        self.connection.execute(SAVE, {"decision": decision.id, **values})

    def of(self, meeting: MeetingId) -> list[Decision]:
        """The decisions of a meeting, the oldest first, without those that were withdrawn."""
        return self._all(OF, meeting=meeting)

    def is_voting(self, meeting: MeetingId) -> bool:
        """Whether something is put to the vote at a meeting."""
        return any(one.stage is Stage.VOTING for one in self.of(meeting))

    def vote(self, decision: DecisionId, who: int, choice: Choice) -> None:
        """Somebody votes, in place of an earlier vote."""
        values = {"decision_id": decision, "voter_id": who, "choice": choice, "new_choice": choice.value}
        self.connection.execute(VOTE, values)

    def votes(self, decision: DecisionId) -> Mapping[int, Choice]:
        """Who has voted what in an open vote."""
        rows = self.connection.execute(VOTES, {"decision": decision})
        return {voter: Choice(choice) for voter, choice in rows}

    def search(self, groups: Collection[ChatId], words: str, before: int, limit: int) -> list[Decision]:
        """What groups have decided, with some words in title or grounds, the newest first, before an id."""
        escaped = words.replace("/", "//").replace("%", "/%").replace("_", "/_")
        return self._all(SEARCH, groups=list(groups), words=escaped, before=before, most=limit)


def _changing(decision: Decision) -> dict[str, Any]:
    count = decision.count
    return {
        "stage": decision.stage,
        "present": decision.present,
        "ended_at": decision.ended_at,
        "for_count": count.for_,
        "against_count": count.against,
        "abstained_count": count.abstained,
    }


def to_decision(row: Sequence[Any]) -> Decision:
    """A decision from its row."""
    number, meeting, group, title, grounds, way, entitled, for_, against, abstained, begun_at, stage, *rest = row
    return Decision(
        DecisionId(number),
        MeetingId(meeting),
        ChatId(group),
        title,
        grounds,
        Way(way),
        Count(entitled, for_, against, abstained),
        begun_at,
        Stage(stage),
        *rest,
    )


OWN_VOTES = (
    select(decision.title, given.choice, decision.begun_at)
    .select_from(
        meeting_votes.join(meeting_decisions, decision.id == given.decision_id).join(
            meeting_people, there.id == given.voter_id
        )
    )
    .where(or_(there.member_id == MEMBER, there.person_id == PERSON))
    .order_by(decision.id)
)
VOTING = decision.stage == Stage.VOTING.value
FEATURE = Feature(
    tables=(meeting_decisions, meeting_votes),
    personal=(
        Personal(336, "votes", OWN_VOTES, lambda line: (line[0], Code(f"vote.{line[1]}"), line[2]), texts="decision"),
    ),
    open_subjects=(
        select(subject("decision:", decision.id)).where(VOTING),
        select(subject("decision_desk:", decision.id)).where(VOTING),
    ),
)
