"""The lives of suggestions in the store, and their history, to which lines are only added."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    distinct,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ChatId, MemberId, SuggestionId, TaskId
from domain.voice.suggestion.life import (
    MAX_HEIGHT,
    OPEN,
    Answered,
    Case,
    Desk,
    Life,
    Record,
    Stage,
    Step,
    Waiting,
)
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import count_if, insert_new, within
from storage.feature import ERASED, GROUP, MEMBER, Feature, Personal
from storage.prepared import Prepared
from storage.voice.suggestion import SUGGESTIONS, suggestion, suggestions, to_suggestion

suggestion_lives = Table(
    "suggestion_lives",
    metadata,
    Column("suggestion_id", Id, ForeignKey("suggestions.id"), primary_key=True),
    Column("stage", String(16), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id")),
    Column("changed_at", Moment, nullable=False),
    Column("due_on", Date),
    Column("version", Integer, nullable=False),
    Column("adopted_by", Id, ForeignKey("members.id")),
    Column("task_batch", Id),
    Column("answered_at", Moment),
    Column("reason", Text, nullable=False),
    Column("height", Integer, nullable=False),
    Index(None, "group_id", "stage"),
    Index(None, "stage", "due_on"),
    Index(None, "task_batch"),
)
suggestion_steps = Table(
    "suggestion_steps",
    metadata,
    Column("id", Id, primary_key=True),
    Column("suggestion_id", Id, ForeignKey("suggestions.id"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("member_id", Id, ForeignKey("members.id")),
    Column("reason", Text, nullable=False),
    Column("group_id", Id, ForeignKey("chats.id")),
    Index(None, "suggestion_id", "id"),
    Index(None, "member_id"),
)
life, line = suggestion_lives.c, suggestion_steps.c
COLUMNS = tuple(suggestion_lives.c)
OPEN_STAGES = [one.value for one in OPEN]
IS_OPEN = life.stage.in_(OPEN_STAGES)
WAITS = or_(IS_OPEN, and_(life.stage == Stage.ADOPTED.value, life.task_batch.is_(None)))
ABOVE = life.height > 0
AT_DESK = and_(
    WAITS,
    or_(
        life.group_id.in_(bindparam("own", expanding=True)),
        *(
            and_(life.group_id.in_(bindparam(f"below_{height}", expanding=True)), life.height >= height)
            for height in range(1, MAX_HEIGHT + 1)
        ),
        and_(life.group_id.is_(None), bindparam("homeless", type_=Integer) == 1),
    ),
)
CASES: Select[Any] = SUGGESTIONS.with_only_columns(
    *COLUMNS, *SUGGESTIONS.selected_columns, maintain_column_froms=True
).join(suggestion_lives, life.suggestion_id == suggestion.id)
LIVES: Select[Any] = select(*COLUMNS)
BEGIN = insert_new(suggestion_lives, ("suggestion_id",))
ONE = CASES.where(life.suggestion_id == bindparam("number"))
CHANGING = [one.name for one in COLUMNS if one.name != "suggestion_id"]
SAVE = (
    update(suggestion_lives)
    .where(life.suggestion_id == bindparam("number"), life.version == bindparam("before"))
    .values({name: bindparam(f"new_{name}", type_=suggestion_lives.c[name].type) for name in CHANGING})
)
NOTE = insert(suggestion_steps)
HISTORY = select(*suggestion_steps.c).where(line.suggestion_id == bindparam("number")).order_by(line.id)
NEXT = CASES.where(AT_DESK, life.suggestion_id > bindparam("behind")).order_by(life.suggestion_id).limit(1)
WAITING = select(func.count(), func.min(life.due_on), count_if(ABOVE)).where(AT_DESK)
OF_TASK = select(life.suggestion_id).where(life.task_batch == bindparam("batch")).limit(1)
OVERDUE = LIVES.where(
    life.stage.in_([*OPEN_STAGES, Stage.ADOPTED.value]),
    life.due_on < bindparam("day"),
).order_by(life.suggestion_id)
UNCONFIRMED = LIVES.where(life.stage == Stage.DONE.value, life.due_on < bindparam("day")).order_by(life.suggestion_id)
# What is for the next level alone, or waits to be looked at, is on no board.
IN_PUBLIC = (suggestion.group_id == GROUP, ~suggestion.above, ~suggestion.hidden)
BOARD = (
    CASES.where(*IN_PUBLIC, life.stage.in_(bindparam("stages", expanding=True)))
    .order_by(life.changed_at.desc(), life.suggestion_id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("first"))
)
COUNT = (
    select(life.stage, func.count())
    .join(suggestions, suggestion.id == life.suggestion_id)
    .where(*IN_PUBLIC)
    .group_by(life.stage)
)
REACHED = Prepared(
    select(func.count(distinct(line.suggestion_id)))
    .join(suggestions, suggestion.id == line.suggestion_id)
    .where(suggestion.group_id == GROUP, line.step == bindparam("which"), *within(line.at))
)
ANSWERS = (
    select(suggestion.at, life.stage, life.answered_at, suggestion.tags, suggestion.keywords)
    .join(suggestion_lives, life.suggestion_id == suggestion.id)
    .where(suggestion.group_id.in_(bindparam("groups", expanding=True)), *within(suggestion.at))
)


def to_life(row: Sequence[Any]) -> Life:
    """A row of COLUMNS as the domain's."""
    number, stage, group, changed_at, due_on, version, adopted_by, batch, answered_at, reason, height = row
    return Life(
        suggestion=SuggestionId(number),
        stage=Stage(stage),
        group=None if group is None else ChatId(group),
        changed_at=changed_at,
        due_on=due_on,
        height=height,
        version=version,
        adopted_by=None if adopted_by is None else MemberId(adopted_by),
        task=None if batch is None else TaskId(batch),
        answered_at=answered_at,
        reason=reason,
    )


def to_case(row: Sequence[Any]) -> Case:
    """A row of CASES as the domain's."""
    width = len(COLUMNS)
    return Case(to_suggestion(row[width:]), to_life(row[:width]))


def to_record(row: Sequence[Any]) -> Record:
    """A line of the history as the domain's."""
    _, number, step, stage, at, by, reason, group = row
    who = None if by is None else MemberId(by)
    place = None if group is None else ChatId(group)
    return Record(SuggestionId(number), Step(step), Stage(stage), at, who, reason, place)


class SuggestionLives:
    """See `domain.voice.suggestion.life.Lives`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def begin(self, life: Life) -> None:
        """Remember a new one; nothing happens where it is known."""
        self.connection.execute(BEGIN, {"suggestion_id": life.suggestion, **_values(life)})

    def get(self, suggestion: SuggestionId) -> Case | None:
        """One, if there is such a suggestion."""
        row = self.connection.execute(ONE, {"number": suggestion}).one_or_none()
        return to_case(row) if row else None

    def save(self, life: Life) -> bool:
        """Remember a step; false where another one was made first."""
        values = {f"new_{name}": value for name, value in _values(life).items()}
        key = {"number": life.suggestion, "before": life.version - 1}
        return self.connection.execute(SAVE, {**key, **values}).rowcount == 1

    def note(self, record: Record) -> None:
        """Add a line to the history."""
        values = {
            "suggestion_id": record.suggestion,
            "step": record.step.value,
            "stage": record.stage.value,
            "at": record.at,
            "member_id": record.by,
            "reason": record.reason,
            "group_id": record.group,
        }
        self.connection.execute(NOTE, values)

    def history(self, suggestion: SuggestionId) -> list[Record]:
        """What has happened to one, oldest first."""
        return [to_record(row) for row in self.connection.execute(HISTORY, {"number": suggestion})]

    def next(self, desk: Desk, after: int) -> Case | None:
        """The oldest one behind a number that waits at a desk."""
        row = self.connection.execute(NEXT, {**_desk(desk), "behind": after}).one_or_none()
        return to_case(row) if row else None

    def waiting(self, desk: Desk) -> Waiting:
        """What waits at a desk."""
        count, due_on, above = self.connection.execute(WAITING, _desk(desk)).one()
        return Waiting(count, due_on, above)

    def of_task(self, batch: TaskId) -> SuggestionId | None:
        """The suggestion that became the tasks of a command."""
        found = self.connection.execute(OF_TASK, {"batch": batch}).scalar_one_or_none()
        return None if found is None else SuggestionId(found)

    def overdue(self, day: date) -> list[Life]:
        """What those who have it had to decide or do before a day."""
        return [to_life(row) for row in self.connection.execute(OVERDUE, {"day": day})]

    def unconfirmed(self, day: date) -> list[Life]:
        """What is done, and whose authors had to say before a day whether it is."""
        return [to_life(row) for row in self.connection.execute(UNCONFIRMED, {"day": day})]

    def board(self, group: ChatId, stages: Collection[Stage], first: int, most: int) -> list[Case]:
        """What was suggested in a group and stands at one of some stages, what changed last first."""
        values = {"group": group, "stages": [one.value for one in stages], "first": first, "most": most}
        return [to_case(row) for row in self.connection.execute(BOARD, values)]

    def count(self, group: ChatId) -> Mapping[Stage, int]:
        """How many of a group stand at each stage."""
        return {Stage(stage): count for stage, count in self.connection.execute(COUNT, {"group": group})}

    def reached(self, group: ChatId, step: Step, since: datetime, until: datetime) -> int:
        """How many suggestions of a group took a step between two moments."""
        values = {"group": group, "which": step.value, "since": since, "until": until}
        ((count,),) = REACHED(self.connection, values)
        return int(count)

    def answers(self, groups: Collection[ChatId], since: datetime, until: datetime) -> list[Answered]:
        """What was suggested in groups between two moments, and how it was answered."""
        rows = self.connection.execute(ANSWERS, {"groups": list(groups), "since": since, "until": until})
        return [Answered(at, Stage(stage), answered, tags or words[:1]) for at, stage, answered, tags, words in rows]


def _desk(desk: Desk) -> dict[str, Any]:
    below = {f"below_{height}": list(desk.below.get(height, ())) for height in range(1, MAX_HEIGHT + 1)}
    return {"own": list(desk.groups), **below, "homeless": int(desk.homeless)}


def _values(life: Life) -> dict[str, Any]:
    """What of it is stored, by column."""
    return {
        "stage": life.stage.value,
        "group_id": life.group,
        "changed_at": life.changed_at,
        "due_on": life.due_on,
        "height": life.height,
        "version": life.version,
        "adopted_by": life.adopted_by,
        "task_batch": life.task,
        "answered_at": life.answered_at,
        "reason": life.reason,
    }


OWN = (
    select(line.suggestion_id.label("number"), line.at, line.step, line.reason)
    .where(line.member_id == MEMBER)
    .order_by(line.id)
)
# What an author has said is missing goes with them; what those in charge have answered stays an answer.
ERASE_WORDS = (
    update(suggestion_steps)
    .where(line.member_id == ERASED, line.step.in_([Step.REOPEN.value, Step.CONFIRM.value]))
    .values(reason="")
)
FEATURE = Feature(
    tables=(suggestion_lives, suggestion_steps),
    personal=(Personal(405, "suggestion_steps", OWN, texts="suggestion_life"),),
    not_shown={"suggestion_lives": "who adopted a suggestion is in the history of its steps"},
    erase_member=(ERASE_WORDS,),
    not_erased={
        "suggestion_lives": "kept under a number: who adopted a suggestion",
    },
)
