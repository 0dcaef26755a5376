"""Reflections in the store."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ChatId, MemberId, PromptId, ReflectionId
from domain.messaging.chat import Chat
from domain.study.reflection.model import CopyOf, Item, Listed, Reflection, Stage
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, Feature, Personal, subject
from storage.messaging.chat import COLUMNS as CHAT
from storage.messaging.chat import chats, to_chat
from storage.people.member import columns, members, to_member
from storage.study.study import study_prompts
from storage.study.tables import study_items

study_reflections = Table(
    "study_reflections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("prompt_id", Id, ForeignKey("study_prompts.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("core", Text, nullable=False),  # what is compared
    Column("at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("copy_of", String(16)),
    Column("stage", String(16)),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "member_id", "at"),
    Index(None, "prompt_id"),
    Index(None, "group_id"),
)

row, prompt, item = study_reflections.c, study_prompts.c, study_items.c
FIELDS = (
    row.id,
    row.member_id,
    row.group_id,
    row.prompt_id,
    item.code,
    item.title,
    row.text,
    row.core,
    row.at,
    row.late,
    row.copy_of,
    row.stage,
)
OF_ITEMS = study_reflections.join(study_prompts, prompt.id == row.prompt_id).join(
    study_items, item.id == prompt.item_id
)
ALL: Select[Any] = select(*FIELDS).select_from(OF_ITEMS)
GET = ALL.where(row.id == bindparam("number"))
OF_SOURCE = ALL.where(row.source == bindparam("given"))
OF_MEMBER = ALL.where(row.member_id == bindparam("member")).order_by(row.at.desc(), row.id.desc())
ASKED = OF_MEMBER.where(row.stage == Stage.ASKED.value)
OF_MEMBER = OF_MEMBER.limit(bindparam("most"))
SINCE = select(func.count()).where(row.member_id == bindparam("member"), row.at > bindparam("moment", type_=Moment))
CORES = (
    select(row.id, row.member_id, row.core)
    .select_from(OF_ITEMS)
    .where(
        row.copy_of.is_(None),
        or_(item.code == bindparam("code"), row.member_id == bindparam("member")),
    )
    .order_by(row.id.desc())
    .limit(bindparam("most"))
)
LISTED = (
    select(*FIELDS, *columns(members))
    .select_from(OF_ITEMS.join(members, members.c.id == row.member_id))
    .where(row.group_id.in_(bindparam("groups", expanding=True)), row.copy_of.is_(None), row.id < bindparam("before"))
    .order_by(row.id.desc())
    .limit(bindparam("most"))
)
ITEM = (prompt.id, item.code, item.title, item.text, prompt.day)
ITEMS = (
    select(*ITEM)
    .join_from(study_prompts, study_items)
    .where(
        prompt.group_id == bindparam("group"),
        prompt.day >= bindparam("first", type_=prompt.day.type),
        prompt.day <= bindparam("last", type_=prompt.day.type),
    )
    .order_by(prompt.day.desc())
)
OF_PROMPT = (
    select(*ITEM, *CHAT)
    .join_from(study_prompts, study_items)
    .join(chats, chats.c.id == prompt.group_id)
    .where(prompt.id == bindparam("number"))
)
ADD = insert(study_reflections).returning(row.id)
SAVE = (
    update(study_reflections)
    .where(row.id == bindparam("number"))
    .values(**{name: bindparam(f"new_{name}", type_=row[name].type) for name in ("text", "core", "copy_of", "stage")})
)
REMOVE = delete(study_reflections).where(row.id == bindparam("number"))
LAST = 2**62  # an id that none is above


def to_reflection(found: Sequence[Any]) -> Reflection:
    """A row of FIELDS as the domain's."""
    id_, member, group, prompt, code, title, text, core, at, late, copy_of, stage = found
    return Reflection(
        ReflectionId(id_),
        MemberId(member),
        ChatId(group),
        PromptId(prompt),
        code,
        title,
        text,
        core,
        at,
        late,
        None if copy_of is None else CopyOf(copy_of),
        None if stage is None else Stage(stage),
    )


def to_item(found: Sequence[Any]) -> Item:
    """A row of ITEM as the domain's."""
    id_, code, title, text, day = found
    return Item(PromptId(id_), code, title, text, day)


class Reflections:
    """See `domain.study.reflection.model.Reflections`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Reflection]:
        return [to_reflection(found) for found in self.connection.execute(statement, values)]

    def add(self, reflection: Reflection, source: str) -> Reflection:
        """Remember one that came with a message; its id is given now."""
        values = {
            "member_id": reflection.member,
            "group_id": reflection.group,
            "prompt_id": reflection.prompt,
            "text": reflection.text,
            "core": reflection.core,
            "at": reflection.at,
            "late": reflection.late,
            "copy_of": reflection.copy_of,
            "stage": reflection.stage,
            "source": source,
        }
        return self._all(GET, number=self.connection.execute(ADD, values).scalar_one())[0]

    def save(self, reflection: Reflection) -> None:
        """Remember what has changed."""
        values = {
            "new_text": reflection.text,
            "new_core": reflection.core,
            "new_copy_of": reflection.copy_of,
            "new_stage": reflection.stage,
        }
        self.connection.execute(SAVE, {"number": reflection.id, **values})

    def remove(self, reflection: ReflectionId) -> None:
        """Forget one."""
        self.connection.execute(REMOVE, {"number": reflection})

    def get(self, reflection: ReflectionId) -> Reflection | None:
        """One of them."""
        return next(iter(self._all(GET, number=reflection)), None)

    def of_source(self, source: str) -> Reflection | None:
        """The one that came with a message."""
        return next(iter(self._all(OF_SOURCE, given=source)), None)

    def cores(self, code: str, member: MemberId, most: int) -> list[tuple[int, MemberId, str]]:
        """What is compared of those about an item and of all that somebody wrote, oldest first; not near-copies."""
        found = self.connection.execute(CORES, {"code": code, "member": member, "most": most}).all()
        return [(id_, MemberId(author), core) for id_, author, core in reversed(found)]

    def of_member(self, member: MemberId, most: int) -> list[Reflection]:
        """Somebody's newest, newest first."""
        return self._all(OF_MEMBER, member=member, most=most)

    def since(self, member: MemberId, at: datetime) -> int:
        """How many somebody has written since a moment."""
        return int(self.connection.execute(SINCE, {"member": member, "moment": at}).scalar_one())

    def of_groups(self, groups: Sequence[ChatId], before: ReflectionId | None, most: int) -> list[Listed]:
        """The newest of groups, without near-copies, newest first."""
        values = {"groups": list(groups), "before": before or LAST, "most": most}
        found = self.connection.execute(LISTED, values)
        return [Listed(to_reflection(one[: len(FIELDS)]), to_member(one[len(FIELDS) :])) for one in found]

    def asked(self, member: MemberId) -> list[Reflection]:
        """Those about which somebody was asked and has not answered."""
        return self._all(ASKED, member=member)

    def items(self, group: ChatId, since: date, until: date) -> list[Item]:
        """What a group was given between two days, newest first."""
        found = self.connection.execute(ITEMS, {"group": group, "first": since, "last": until})
        return [to_item(one) for one in found]

    def item(self, prompt: PromptId) -> tuple[Item, Chat] | None:
        """What was given with a prompt, and to whom."""
        found = self.connection.execute(OF_PROMPT, {"number": prompt}).one_or_none()
        return None if found is None else (to_item(found[: len(ITEM)]), to_chat(found[len(ITEM) :]))


OWN = (
    select(item.title, row.text, row.at, row.late).select_from(OF_ITEMS).where(row.member_id == MEMBER).order_by(row.at)
)
FEATURE = Feature(
    tables=(study_reflections,),
    personal=(Personal(445, "study_reflections", OWN, texts="reflection"),),
    erase_member=(delete(study_reflections).where(row.member_id == ERASED),),
    open_subjects=(
        select(subject("reflection_wish:", row.id)).where(row.stage == Stage.ASKED.value),
        select(subject("reflection:", row.id)).where(row.stage == Stage.SHOWN.value),
    ),
)
