"""What is done with suggestions: considered, adopted, refused, passed on, done, confirmed by their authors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Name
from domain.people.permission import Permission, require
from domain.points import points
from domain.points.due import day_of, workdays_after
from domain.refusal import NoMore
from domain.voice.naming import Naming
from domain.voice.suggestion import channel, telling
from domain.voice.suggestion.holding import changed, held, holders, may_go_up, reached
from domain.voice.suggestion.life import (
    ADOPTED,
    CHANGED,
    DONE,
    FULFILLED,
    KEPT,
    Case,
    Life,
    Record,
    Stage,
    Step,
    check_reason,
    known,
)
from domain.voice.suggestion.notes import handed
from domain.work.task import Link, LinkKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, SuggestionId, TaskId
    from domain.people.actor import Actor
    from domain.points.event import Event
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Suggestion
    from domain.work.task import Task

DAYS = {Stage.RECEIVED: Name.CONSIDER_DAYS, Stage.CONSIDERED: Name.DECIDE_DAYS, Stage.ADOPTED: Name.FULFIL_DAYS}
DAYS[Stage.DONE] = Name.DECIDE_DAYS  # so long its author may say that something is missing


def begin(stores: Stores, made: Suggestion, at: datetime) -> None:
    """A suggestion was made: its life begins, and today's card of whoever has it shows it."""
    life = Life(made.id, Stage.RECEIVED, made.group, made.at, due(stores, Stage.RECEIVED, at), height=int(made.above))
    stores.suggestion_lives.begin(life)
    for one in holders(stores, life):
        stores.hooks.changed(one.id, f"suggestion:{made.id}:0", at)


def due(stores: Stores, stage: Stage, at: datetime) -> date | None:
    """The last day for what comes after a stage that begins now; `None` where nothing has to."""
    days = DAYS.get(stage)
    return None if days is None else workdays_after(stores, day_of(stores, at), setting.days_of(stores, days))


def consider(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """Note that somebody looks into it; its author hears by when it is decided. One that was seen stays as it is."""
    found = held(stores, actor, number, version)
    return _answer(stores, actor, found, Step.CONSIDER) if found.life.may(Step.CONSIDER) else found


def adopt(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """Adopt it, which credits its author. Raises what `holding.held` does, and WrongStep."""
    return _answer(stores, actor, held(stores, actor, number, version), Step.ADOPT)


def to_answer(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """A suggestion that somebody may still decide. Raises what `holding.held` does, and WrongStep."""
    found = held(stores, actor, number, version)
    if not found.life.may(Step.REFUSE):
        raise changed(stores, found.life)
    return found


def adopted(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """One that may become a task. Raises what `to_answer` does."""
    found = held(stores, actor, number, version)
    if not found.life.may(Step.ASSIGN):
        raise changed(stores, found.life)
    return found


def refuse(stores: Stores, actor: Actor, *, number: SuggestionId, version: int, reason: str) -> Case:
    """Refuse it; its author reads the reason. Raises NoReason, and what `adopt` does."""
    words = check_reason(reason)
    return _answer(stores, actor, held(stores, actor, number, version), Step.REFUSE, words)


def reconsider(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """Take a decision back. Raises what `adopt` does."""
    return _answer(stores, actor, held(stores, actor, number, version), Step.RECONSIDER)


def finish(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """Say that what was adopted is done. Raises what `adopt` does."""
    return _answer(stores, actor, held(stores, actor, number, version), Step.FINISH)


def transfer(stores: Stores, actor: Actor, *, number: SuggestionId, version: int, group: ChatId | None) -> Case:
    """Pass it on to those in charge of another group, or (no group) to those above. Raises NoMore and the like."""
    found = held(stores, actor, number, version)
    own = found.life.group
    if group is not None and (group == own or not _may_get(stores, group)):
        raise NoMore
    if group is None and not may_go_up(stores, found.life):
        raise NoMore
    there = replace(found.life, group=group or own, height=0 if group else found.life.height + 1)
    moved = _answer(stores, actor, replace(found, life=there), Step.TRANSFER, before=own)
    handed(stores, moved, reached(stores, moved.life), actor.heard_at)
    return moved


def _may_get(stores: Stores, group: ChatId) -> bool:
    found = stores.chats.get(group)
    return found.is_group and found.active and found.is_admitted


def _answer(
    stores: Stores, actor: Actor, found: Case, step: Step, reason: str = "", *, before: ChatId | None = None
) -> Case:
    """A step by somebody in charge, which the audit log has."""
    made = move(stores, found, step, by=actor.member.id, at=actor.heard_at, reason=reason)
    was = found.life.stage if before is None else f"chat:{before}"
    new = made.life.stage if before is None else f"chat:{made.life.group}"
    subject = f"suggestion:{made.suggestion.id}"
    stores.audit.note(actor.member.id, CHANGED, subject, old=was, new=new, at=actor.heard_at)
    return made


def confirm(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """Its author says that it is done. Raises NoMore for others, WrongStep."""
    require(stores, actor, Permission.TAKE_PART)
    return _by_author(stores, actor, Step.CONFIRM, number, version)


def reopen(stores: Stores, actor: Actor, *, number: SuggestionId, version: int, missing: str) -> Case:
    """Its author says what is missing. Raises NoMore for others, WrongStep, NoReason."""
    require(stores, actor, Permission.TAKE_PART)
    moved = _by_author(stores, actor, Step.REOPEN, number, version, reason=check_reason(missing))
    handed(stores, moved, reached(stores, moved.life), actor.heard_at)
    return moved


def to_reopen(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """One's own suggestion of which one may say what is missing. Raises NoMore, WrongStep."""
    require(stores, actor, Permission.TAKE_PART)
    found = known(stores.suggestion_lives, number)
    if not channel.is_author(stores, actor, found.suggestion):
        raise NoMore
    if found.life.version != version or not found.life.may(Step.REOPEN):
        raise changed(stores, found.life)
    return found


def _by_author(
    stores: Stores, actor: Actor, step: Step, number: SuggestionId, version: int, *, reason: str = ""
) -> Case:
    found = to_reopen(stores, actor, number=number, version=version)
    named = found.suggestion.naming is Naming.NAMED
    if named:
        return move(stores, found, step, by=actor.member.id, at=actor.heard_at, reason=reason)
    channel.conceal(stores, actor)
    return move(stores, found, step, by=None, at=channel.day_of(actor), reason=reason)


def end(stores: Stores, number: SuggestionId, step: Step, *, by: MemberId | None, at: datetime) -> None:
    """It was merged with another one or taken back, or merging it was undone. Raises WrongStep."""
    found = stores.suggestion_lives.get(number)
    if found is not None:
        move(stores, found, step, by=by, at=at)


def move(
    stores: Stores,
    found: Case,
    step: Step,
    *,
    by: MemberId | None,
    at: datetime,
    reason: str = "",
    due_on: date | None = None,
    batch: TaskId | None = None,
) -> Case:
    """A step: the history has it, points follow, and author and supporters hear of it. Raises WrongStep, NoReason."""
    life = found.life
    if not life.may(step):
        raise changed(stores, life)
    moved = life.moved(step, at, by=by, due_on=None, reason=reason)
    moved = replace(moved, due_on=due_on or due(stores, moved.stage, at), task=batch or moved.task)
    if not stores.suggestion_lives.save(moved):
        raise changed(stores, life)
    record = Record(moved.suggestion, step, moved.stage, at, by, reason, moved.group)
    stores.suggestion_lives.note(record)
    if batch is not None:
        stores.tasks.link(batch, Link(LinkKind.SUGGESTION, moved.suggestion))
    made = Case(found.suggestion, moved)
    _credit(stores, made, life, at)
    telling.tell(stores, made, record)
    for one in {one.id for of in (life, moved) for one in holders(stores, of)}:
        stores.hooks.changed(one, f"suggestion:{moved.suggestion}:{moved.version}", at)
    return made


def _credit(stores: Stores, made: Case, before: Life, at: datetime) -> None:
    """Let the points of its author be those of the stage. What was suggested without a name earns none."""
    one, life = made.suggestion, made.life
    if one.naming is not Naming.NAMED or not one.author.is_person or life.group is None:
        return
    own = life.adopted_by == one.author.id  # nobody earns by adopting their own
    for event, stages in ((ADOPTED, KEPT), (DONE, FULFILLED)):
        if life.stage in stages and before.stage not in stages and not own:
            _award(stores, made, event, at)
        elif life.stage not in stages and before.stage in stages:
            points.reverse(stores, one.author.id, event, source=_source(one.id), at=at)


def _award(stores: Stores, made: Case, event: Event, at: datetime) -> None:
    one, group = made.suggestion, made.life.group
    if group is not None:
        there = stores.chats.get(group)
        points.award(stores, one.author.id, there, event, {}, source=_source(one.id), cause=one.title, at=at)


def _source(number: SuggestionId) -> str:
    return f"suggestion:{number}"


def task_ended(stores: Stores, task: Task, at: datetime) -> None:
    """A task was done or withdrawn. The suggestion that it was made of is done with the last of its command's."""
    number = stores.suggestion_lives.of_task(task.batch)
    found = None if number is None else stores.suggestion_lives.get(number)
    if found is None:
        return
    left = stores.tasks.batch(task.batch)
    step = Step.FINISH if left else Step.RELEASE
    if all(one.done_at is not None for one in left) and found.life.may(step):
        move(stores, found, step, by=task.owner.id if left else None, at=at)
