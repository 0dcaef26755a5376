"""Front-line actions in the store: teams and figures."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ActionId, BranchId, ChatId, MemberId
from domain.life.action.model import Action, Kind, Reported, State
from domain.table import Code
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import insert_new, within
from storage.feature import GROUP, MEMBER, Feature, Personal, subject
from storage.prepared import Prepared

actions = Table(
    "actions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("kind", String(16), nullable=False),
    Column("problem", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("baseline", String(32), nullable=False),
    Column("target", String(32), nullable=False),
    Column("until", Date, nullable=False),
    Column("lead_id", Id, ForeignKey("members.id"), nullable=False),
    Column("opener_id", Id, ForeignKey("members.id"), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("ended_at", Moment),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "group_id", "opened_at"),
    Index(None, "lead_id"),
    Index(None, "state"),
)
action_people = Table(
    "action_people",
    metadata,
    Column("action_id", Id, ForeignKey("actions.id"), primary_key=True, autoincrement=False),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    Index(None, "member_id"),
)
action_figures = Table(
    "action_figures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("action_id", Id, ForeignKey("actions.id"), nullable=False),
    Column("value", String(32), nullable=False),
    Column("note", Text, nullable=False),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "action_id"),
    Index(None, "member_id"),
)

action, person, figure = actions.c, action_people.c, action_figures.c
NUMBER = bindparam("action", type_=Id)
AWAITED, KNOWN = bindparam("awaited", type_=Id), bindparam("known", type_=Id)
COLUMNS = tuple(one for one in action if one.name != "source")
ALL = select(*COLUMNS)
RUNNING = action.state == State.RUNNING.value
NEXT = (action.until, action.id)
ADD = insert(actions).returning(action.id)
GET, OPENED_BY = ALL.where(action.id == NUMBER), ALL.where(action.source == bindparam("source"))
CHANGED = ("state", "words", "ended_at")
SAVE = (
    update(actions)
    .where(action.id == NUMBER)
    .values({"lead_id": bindparam("new_lead", type_=Id), **{one: bindparam(f"new_{one}") for one in CHANGED}})
)
ADD_PERSON = insert_new(action_people, ("action_id", "member_id"))
TEAM = select(person.member_id).where(person.action_id == NUMBER).order_by(person.place, person.member_id)
REPORT = insert(action_figures)
FIGURES = (
    select(figure.id, figure.value, figure.note, figure.member_id, figure.at)
    .where(figure.action_id == NUMBER)
    .order_by(figure.id)
)
IN_GROUP = ALL.where(action.group_id == GROUP, RUNNING).order_by(*NEXT)
OF_MEMBER = ALL.where(
    RUNNING,
    or_(action.lead_id == MEMBER, action.id.in_(select(person.action_id).where(person.member_id == MEMBER))),
).order_by(*NEXT)
IN_SPAN = Prepared(
    ALL.where(
        action.group_id == GROUP, or_(*(one[0] & one[1] for one in (within(action.opened_at), within(action.ended_at))))
    ).order_by(action.opened_at, action.id)
)
PLACES = select(person.action_id, person.place).where(person.member_id == AWAITED)
LEAVE = delete(action_people).where(person.member_id == AWAITED)
HAND_OVER = (
    update(actions).where(action.lead_id == AWAITED).values(lead_id=KNOWN),
    update(action_figures).where(figure.member_id == AWAITED).values(member_id=KNOWN),
)


class Actions:
    """See `domain.life.action.model.Actions`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Action]:
        return [to_action(row) for row in self.connection.execute(statement, values).all()]

    def add(self, one: Action, team: Sequence[MemberId], source: str) -> Action:
        """Remember an action with its team; its id is given now."""
        values = {
            "group_id": one.group,
            "branch_id": one.branch,
            "kind": one.kind,
            "problem": one.problem,
            "unit": one.unit,
            "baseline": str(one.baseline),
            "target": str(one.target),
            "until": one.until,
            "lead_id": one.lead,
            "opener_id": one.opener,
            "opened_at": one.opened_at,
            "source": source,
            **{name: getattr(one, name) for name in CHANGED},
        }
        number = self.connection.execute(ADD, values).scalar_one()
        rows = [{"action_id": number, "member_id": each, "place": place} for place, each in enumerate(team)]
        for row in rows:
            self.connection.execute(ADD_PERSON, row)
        return self._all(GET, action=number)[0]

    def opened_by(self, source: str) -> Action | None:
        """The action that was opened by a form."""
        return next(iter(self._all(OPENED_BY, source=source)), None)

    def get(self, number: ActionId) -> Action | None:
        """One action."""
        return next(iter(self._all(GET, action=number)), None)

    def save(self, one: Action) -> None:
        """Remember what has changed about an action."""
        values = {f"new_{name}": getattr(one, name) for name in CHANGED}
        self.connection.execute(SAVE, {"action": one.id, "new_lead": one.lead, **values})

    def team(self, number: ActionId) -> list[MemberId]:
        """Who belongs to it, in the order in which they were named."""
        return [MemberId(one) for one in self.connection.execute(TEAM, {"action": number}).scalars()]

    def report(self, number: ActionId, one: Reported) -> None:
        """Add a figure; its id is given now."""
        values = {"action_id": number, "value": str(one.value), "note": one.note}
        self.connection.execute(REPORT, {**values, "member_id": one.member, "at": one.at})

    def figures(self, number: ActionId) -> list[Reported]:
        """All figures, the oldest first."""
        rows = self.connection.execute(FIGURES, {"action": number}).all()
        return [Reported(id_, Decimal(value), note, MemberId(by), at) for id_, value, note, by, at in rows]

    def running_in(self, group: ChatId) -> list[Action]:
        """A group's actions that go on, the first due first."""
        return self._all(IN_GROUP, group=group)

    def running_of(self, member: MemberId) -> list[Action]:
        """The actions that go on and that somebody leads or belongs to, the first due first."""
        return self._all(OF_MEMBER, member=member)

    def in_span(self, group: ChatId, since: datetime, until: datetime) -> list[Action]:
        """A group's actions that were opened or have ended between two moments, the oldest first."""
        rows = IN_SPAN(self.connection, {"group": group, "since": since, "until": until})
        return list(map(to_action, rows))

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Somebody who was waited for is known: what is theirs is that member's."""
        both = {"awaited": awaited, "known": known}
        for number, place in self.connection.execute(PLACES, {"awaited": awaited}).all():
            self.connection.execute(ADD_PERSON, {"action_id": number, "member_id": known, "place": place})
        self.connection.execute(LEAVE, {"awaited": awaited})
        for statement in HAND_OVER:
            self.connection.execute(statement, both)


def to_action(row: Sequence[Any]) -> Action:
    """An action from its row."""
    number, group, branch, kind, problem, unit, baseline, target, until, lead, opener, opened_at, state, *rest = row
    return Action(
        ActionId(number),
        ChatId(group),
        branch and BranchId(branch),
        Kind(kind),
        problem,
        unit,
        Decimal(baseline),
        Decimal(target),
        until,
        MemberId(lead),
        MemberId(opener),
        opened_at,
        State(state),
        *rest,
    )


OWN_ACTIONS = (
    select(action.kind, action.problem, action.until, action.opened_at, action.state)
    .where(or_(action.lead_id == MEMBER, action.opener_id == MEMBER))
    .order_by(action.id)
)
OWN_TEAMS = (
    select(action.kind, action.problem, action.until, action.opened_at, action.state)
    .join_from(action_people, actions, action.id == person.action_id)
    .where(person.member_id == MEMBER)
    .order_by(action.id)
)
OWN_FIGURES = (
    select(action.problem, figure.value, figure.note, figure.at)
    .join_from(action_figures, actions, action.id == figure.action_id)
    .where(figure.member_id == MEMBER)
    .order_by(figure.id)
)


def told_action(line: Sequence[Any]) -> tuple[Any, ...]:
    """An action in words."""
    kind, *rest, state = line
    return Code(f"action.{kind}"), *rest, Code(f"action.{state}")


KEPT = "kept under a number: the branch's record of its actions stays right"
FEATURE = Feature(
    tables=(actions, action_people, action_figures),
    personal=(
        Personal(356, "own_actions", OWN_ACTIONS, told_action, texts="action"),
        Personal(357, "own_teams", OWN_TEAMS, told_action, texts="action"),
        Personal(358, "own_figures", OWN_FIGURES, texts="action"),
    ),
    not_erased={"actions": KEPT, "action_people": KEPT, "action_figures": KEPT},
    open_subjects=(select(subject("action:", action.id)).where(RUNNING),),
)
