"""Writing about a study item: kept, compared with others, credited once; edited and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import ReflectionId
from domain.people.member import home as home_of
from domain.people.permission import Permission, require, require_member
from domain.points import points
from domain.study.reflection.model import (
    AN_HOUR_MOST,
    FEATURED,
    LEAST,
    MAX_CHARS,
    REFLECTED,
    Became,
    CopyOf,
    Gone,
    NothingToReflect,
    Reflection,
    Stage,
    TooLong,
    TooMany,
    TooShort,
    Written,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId, PromptId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.study.features import Stores
    from domain.study.reflection.model import Copies, Item

OPEN_FOR = timedelta(days=14)
AN_HOUR = timedelta(hours=1)
MAX_COMPARED = 2000  # of an item, and of one's own
MAX_LISTED = 5


def items(stores: Stores, actor: Actor) -> Sequence[Item]:
    """The items of one's group that one can still write about, newest first. Raises NoGroupYet."""
    require(stores, actor, Permission.TAKE_PART)
    group = home_of(stores, actor)
    today = group.day(actor.now)
    return stores.reflections.items(group.id, today - OPEN_FOR, today)


def is_reflection(stores: Stores, actor: Actor, *, prompt: PromptId, words: str, copies: Copies) -> bool:
    """Whether a reply to an item says enough to be meant as a reflection; 收到 and questions are none."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.reflections.item(prompt)
    asks = words.rstrip().endswith(("?", "？"))
    return found is not None and not asks and len(copies.core(words, found[0].text)) >= LEAST


def is_kept(stores: Stores, actor: Actor, *, source: str) -> bool:
    """Whether a message of somebody's is a reflection."""
    require(stores, actor, Permission.TAKE_PART)
    known = stores.reflections.of_source(source)
    return known is not None and known.member == actor.member.id


def write(
    stores: Stores, actor: Actor, *, words: str, source: str, copies: Copies, prompt: PromptId | None = None
) -> Written:
    """Keep what somebody wrote about an item (`None`: the newest of their group) and credit it, once for each item.

    `source` is the message: an edit of it changes the reflection, or removes it where nothing is left of it. What is a
    near-copy is kept and not credited. Raises NothingToReflect, NotAMember, TooShort, TooLong, TooMany.
    """
    require(stores, actor, Permission.TAKE_PART)
    known = stores.reflections.of_source(source)
    if known is not None and known.member == actor.member.id:
        return _edit(stores, actor, known, words, copies)
    item, group = _item(stores, actor, prompt)
    core = _checked(words, item, copies)
    if stores.reflections.since(actor.member.id, actor.now - AN_HOUR) >= AN_HOUR_MOST:
        raise TooMany
    new = Reflection(
        ReflectionId(0),
        actor.member.id,
        group.id,
        item.prompt,
        item.code,
        item.title,
        words.strip(),
        core,
        actor.now,
        late=group.day(actor.now) != item.day,
    )
    made = stores.reflections.add(replace(new, copy_of=_copy_of(stores, new, copies)), source)
    return Written(made, Became.NEW, _credit(stores, made, group, actor.now))


def _item(stores: Stores, actor: Actor, prompt: PromptId | None) -> tuple[Item, Chat]:
    if prompt is None:
        given = items(stores, actor)
        prompt = given[0].prompt if given else None
    found = None if prompt is None else stores.reflections.item(prompt)
    if found is None:
        raise NothingToReflect
    item, group = found
    require_member(stores, actor, group)
    if not group.is_admitted or group.day(actor.now) - item.day > OPEN_FOR:
        raise NothingToReflect
    return item, group


def _checked(words: str, item: Item, copies: Copies) -> str:
    if len(words) > MAX_CHARS:
        raise TooLong
    core = copies.core(words, item.text)
    if len(core) < LEAST:
        raise TooShort
    return core


def _copy_of(stores: Stores, one: Reflection, copies: Copies) -> CopyOf | None:
    """Whose earlier text it is a near-copy of; an own one counts before those of others."""
    others = [row for row in stores.reflections.cores(one.code, one.member, MAX_COMPARED) if row[0] != one.id]
    own = [(number, core) for number, member, core in others if member == one.member]
    if copies.first_copied(one.core, own) is not None:
        return CopyOf.OWN
    rest = [(number, core) for number, member, core in others if member != one.member]
    return None if copies.first_copied(one.core, rest) is None else CopyOf.OTHERS


def _credit(stores: Stores, one: Reflection, group: Chat, at: datetime) -> points.Credit | None:
    if one.copy_of is not None:
        return None
    facts = {"late": one.late}
    return points.award(stores, one.member, group, REFLECTED, facts, source=one.source, cause=one.title, at=at)


def _edit(stores: Stores, actor: Actor, known: Reflection, words: str, copies: Copies) -> Written:
    """Other words for what was written; those who were asked to show it to the group are asked no more."""
    found = stores.reflections.item(known.prompt)
    if words.strip() == known.text or found is None:
        return Written(known, Became.SAME)
    item, group = found
    try:
        core = _checked(words, item, copies)
    except TooShort:
        _remove(stores, known, actor.heard_at)
        return Written(known, Became.REMOVED)
    stage = known.stage if known.stage is Stage.SHOWN else None
    changed = replace(known, text=words.strip(), core=core, stage=stage)
    changed = replace(changed, copy_of=_copy_of(stores, changed, copies))
    stores.reflections.save(changed)
    if known.stage is Stage.ASKED:
        stores.outbox.delete(known.wish, key=f"{known.wish}:over:{actor.now.timestamp()}")
    if changed.copy_of is not None:
        _uncredit(stores, changed, actor.heard_at)
    return Written(changed, Became.CHANGED, _credit(stores, changed, group, actor.now))


def take_back(stores: Stores, actor: Actor, *, number: ReflectionId) -> Reflection:
    """Take back what one has written; its credit goes, and it is deleted where it was shown. Raises Gone."""
    require(stores, actor, Permission.TAKE_PART)
    one = own(stores, actor, number=number)
    _remove(stores, one, actor.heard_at)
    return one


def own(stores: Stores, actor: Actor, *, number: ReflectionId) -> Reflection:
    """A reflection of the actor's. Raises Gone, as of one that is not there: others are told nothing of it."""
    require(stores, actor, Permission.TAKE_PART)
    one = stores.reflections.get(number)
    if one is None or one.member != actor.member.id:
        raise Gone
    return one


def _remove(stores: Stores, one: Reflection, at: datetime) -> None:
    stores.reflections.remove(one.id)
    _uncredit(stores, one, at)
    for about in (one.wish, one.shown):
        stores.outbox.delete(about, key=f"{about}:gone")
    if one.stage is Stage.SHOWN:
        points.reverse(stores, one.member, FEATURED, source=f"reflection:{one.id}", at=at)


def _uncredit(stores: Stores, one: Reflection, at: datetime) -> None:
    """Take the credit for an item back, unless another text of the same author stands for it."""
    others = stores.reflections.cores(one.code, one.member, MAX_COMPARED)
    texts = [stores.reflections.get(ReflectionId(number)) for number, member, _ in others if member == one.member]
    if not any(text is not None and text.id != one.id and text.code == one.code for text in texts):
        points.reverse(stores, one.member, REFLECTED, source=one.source, at=at)


def written(stores: Stores, actor: Actor) -> Sequence[Reflection]:
    """One's own newest reflections."""
    require(stores, actor, Permission.TAKE_PART)
    return stores.reflections.of_member(actor.member.id, MAX_LISTED)


def drop_wishes(stores: Stores, member: MemberId) -> None:
    """Who has left is asked for nothing any more."""
    for one in stores.reflections.asked(member):
        stores.reflections.save(replace(one, stage=None))
        stores.outbox.delete(one.wish, key=f"{one.wish}:left")
