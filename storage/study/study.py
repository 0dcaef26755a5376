"""The study library in the store: items, what was shown where, who has answered."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Select,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ChatId, MemberId, PromptId, StudyItemId
from domain.messaging.chat import Chat
from domain.study.attempt import OccasionKind
from domain.study.day.model import PlanState
from domain.study.item import Candidate, Lesson, Media, MediaKind, StudyItem
from domain.study.keeping import Shelved
from domain.study.question import Change, Question
from domain.study.study import READ, Prompt, Shown, Studied
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import count_if, insert_new, within
from storage.feature import ERASED, GROUP, MEMBER, Feature, Personal
from storage.messaging.chat import COLUMNS as CHAT
from storage.messaging.chat import chats, to_chat
from storage.points.tables import points_entries
from storage.prepared import Prepared
from storage.study.attempt import study_attempts
from storage.study.audience import from_audience, to_audience
from storage.study.plan_tables import study_plan
from storage.study.question import AT_ONCE, QUESTION, Questions, study_questions, to_question
from storage.study.tables import study_items

study_prompts = Table(
    "study_prompts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("item_id", Id, ForeignKey("study_items.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("group_id", "day"),
    Index(None, "group_id", "item_id", "day"),
)

study_reads = Table(
    "study_reads",
    metadata,
    Column("prompt_id", Id, ForeignKey("study_prompts.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "member_id"),
)

item = study_items.c
question = study_questions.c
shown = study_prompts.c
answered = study_attempts.c
OF_A_DAY = answered.occasion == OccasionKind.DAILY.value
OWN_QUESTION = (question.item_id == item.id) & (question.code == item.code) & ~question.retired
LESSON = (
    *(item.code, item.title, item.topic, item.text, item.source, item.expires, item.more_topics, item.media),
    *(item.url, item.effective, item.audience, item.owner_id, item.version),
)
ITEM = (item.id, item.withdrawn_at, *LESSON, *QUESTION)
ITEMS = select(*ITEM).join_from(study_items, study_questions, OWN_QUESTION, isouter=True)
BY_CODE = ITEMS.where(item.code == bindparam("code"))
ADD = insert(study_items).returning(item.id)
CHANGE = update(study_items).where(item.id == bindparam("item"))
CANDIDATES: Select[Any] = (
    select(*ITEM, func.max(shown.day))
    .select_from(study_items)
    .outerjoin(study_questions, OWN_QUESTION)
    .outerjoin(study_prompts, (shown.item_id == item.id) & (shown.group_id == bindparam("group")))
    .where(
        item.withdrawn_at.is_(None),
        or_(item.effective.is_(None), item.effective <= bindparam("day")),
        or_(item.expires.is_(None), item.expires >= bindparam("day")),
    )
    .group_by(item.id, question.id)
    .order_by(func.max(shown.day).is_not(None), func.max(shown.day), item.id)
)
ANY = select(item.id).limit(1)
COUNT = select(func.count(item.id))
ALL = ITEMS.order_by(item.id)
BY_CODES = ITEMS.where(item.code.in_(bindparam("codes", expanding=True))).order_by(item.id)
LAST_SHOWN = select(func.max(shown.day)).where(shown.item_id == item.id).scalar_subquery()
SHELVED: Select[Any] = select(*ITEM, LAST_SHOWN).select_from(study_items).outerjoin(study_questions, OWN_QUESTION)
SHELF = SHELVED.order_by(item.id).offset(bindparam("behind")).limit(bindparam("most"))
SHELVED_ONE = SHELVED.where(item.id == bindparam("item"))
WITHDRAW = CHANGE.values(withdrawn_at=bindparam("at", type_=item.withdrawn_at.type))
EXPIRING = ITEMS.where(
    item.expires.between(bindparam("since"), bindparam("until")),
    item.withdrawn_at.is_(None),
    or_(item.told_expires.is_(None), item.told_expires != item.expires),
).order_by(item.expires, item.id)
NOTE_TOLD = CHANGE.values(told_expires=bindparam("told", type_=item.told_expires.type))
PASS_ON = update(study_items).where(item.owner_id == bindparam("awaited")).values(owner_id=bindparam("known", type_=Id))
ADD_PROMPT = insert(study_prompts).returning(shown.id)
# A prompt that was withdrawn after it had been shown.
TAKEN_BACK = and_(
    study_plan.c.group_id == shown.group_id,
    study_plan.c.day == shown.day,
    study_plan.c.state == PlanState.WITHDRAWN.value,
)
PROMPTS = (
    select(shown.id, shown.day, shown.at, study_plan.c.day.is_not(None), *CHAT, *ITEM)
    .join_from(study_prompts, study_items)
    .join(chats, chats.c.id == shown.group_id)
    .outerjoin(study_questions, OWN_QUESTION)
    .outerjoin(study_plan, TAKEN_BACK)
)
PROMPT = Prepared(PROMPTS.where(shown.id == bindparam("prompt")))
PROMPT_ON = Prepared(PROMPTS.where(shown.group_id == bindparam("group"), shown.day == bindparam("day")))
SHOWN = Prepared(
    select(shown.id, item.code, item.title, shown.day, shown.at, study_plan.c.day.is_not(None), *CHAT)
    .join_from(study_prompts, study_items)
    .join(chats, chats.c.id == shown.group_id)
    .outerjoin(study_plan, TAKEN_BACK)
    .where(shown.id == bindparam("prompt"))
)
NOTE_READ = Prepared(
    insert_new(study_reads, ("prompt_id", "member_id")).returning(study_reads.c.prompt_id),
    *("prompt_id", "member_id", "at"),
)
READERS = select(study_reads.c.member_id).where(study_reads.c.prompt_id == bindparam("prompt"))
IN_SPAN: Select[Any] = (
    select(item.code, item.title, shown.day, shown.at, func.count(answered.member_id), count_if(answered.right))
    .select_from(study_prompts)
    .join(study_items)
    .outerjoin(study_attempts, (answered.occasion_id == shown.id) & OF_A_DAY)
    .where(shown.group_id == GROUP, *within(shown.at))
    .group_by(shown.id, item.id)
    .order_by(shown.at, shown.id)
    .limit(bindparam("most"))
)


def to_item(row: Sequence[Any]) -> StudyItem:
    """A row of ITEM as the domain's."""
    id_, withdrawn, *rest = row
    return StudyItem(StudyItemId(id_), to_lesson(rest), withdrawn is not None)


def to_lesson(row: Sequence[Any]) -> Lesson:
    """Columns of LESSON and QUESTION as the domain's."""
    code, title, topic, text, source, expires, more, media, url, effective, audience, owner, version, *asked = row
    return Lesson(
        code,
        title,
        topic,
        text,
        source,
        None if asked[0] is None else to_question(asked),
        expires,
        tuple(more or ()),
        None if media is None else Media(MediaKind(media["kind"]), media["id"], media["name"], media["size"]),
        url,
        effective,
        to_audience(audience),
        None if owner is None else MemberId(owner),
        version,
    )


def _values(lesson: Lesson) -> dict[str, Any]:
    return {
        "title": lesson.title,
        "topic": lesson.topic,
        "text": lesson.text,
        "source": lesson.source,
        "expires": lesson.expires,
        "more_topics": list(lesson.more_topics) or None,
        "media": None if lesson.media is None else asdict(lesson.media),
        "url": lesson.url,
        "effective": lesson.effective,
        "audience": from_audience(lesson.audience),
        "owner_id": lesson.owner,
    }


def _own(lesson: Lesson) -> Question | None:
    """A lesson's question as it is kept: under the lesson's code."""
    return None if lesson.question is None else replace(lesson.question, code=lesson.code)


def to_prompt(row: Sequence[Any]) -> Prompt:
    """A row of PROMPTS as the domain's."""
    id_, day, at, taken_back, *rest = row
    group, item = to_chat(rest[: len(CHAT)]), to_item(rest[len(CHAT) :])
    return Prompt(PromptId(id_), group, item, day, at, taken_back)


def to_shown(row: Sequence[Any]) -> Shown:
    """A row of SHOWN as the domain's."""
    id_, code, title, day, at, taken_back, *chat = row
    return Shown(PromptId(id_), to_chat(chat), code, title, day, at, taken_back)


class Studies:
    """See `domain.study.study.Studies`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, lesson: Lesson) -> Change:
        """Add a lesson with its question, or replace the one with its code, which is then one version on."""
        row = self.connection.execute(BY_CODE, {"code": lesson.code}).one_or_none()
        if row is None:
            values = {"code": lesson.code, "version": 1, **_values(lesson)}
            added = StudyItemId(self.connection.execute(ADD, values).scalar_one())
            self._put_question(added, lesson, None)
            return Change.ADDED
        known = to_item(row)
        old = known.lesson
        if replace(lesson, version=old.version, question=_own(lesson)) == old:
            return Change.SAME
        self.connection.execute(CHANGE, {"item": known.id, "version": old.version + 1, **_values(lesson)})
        self._put_question(known.id, lesson, old)
        return Change.CHANGED

    def _put_question(self, item: StudyItemId, lesson: Lesson, old: Lesson | None) -> None:
        questions, own = Questions(self.connection), _own(lesson)
        if own is not None:
            questions.put(own, item=item)
        elif old is not None and old.question is not None:
            for stored in questions.by_codes([lesson.code]):
                questions.retire(stored.id)

    def is_empty(self) -> bool:
        """Whether there is no lesson at all."""
        return self.connection.execute(ANY).first() is None

    def count(self) -> int:
        """How many items there are."""
        return int(self.connection.execute(COUNT).scalar_one())

    def all(self) -> list[StudyItem]:
        """All items, by their ids."""
        return [to_item(row) for row in self.connection.execute(ALL)]

    def by_codes(self, codes: Collection[str]) -> list[StudyItem]:
        """Those of these names that are there."""
        wanted = sorted(set(codes))
        parts = [wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)]
        return [to_item(row) for part in parts for row in self.connection.execute(BY_CODES, {"codes": part})]

    def shelf(self, offset: int, most: int) -> list[Shelved]:
        """Items by their ids, behind so many, each with the day when any group was shown it last."""
        rows = self.connection.execute(SHELF, {"behind": offset, "most": most})
        return [Shelved(to_item(row[:-1]), row[-1]) for row in rows]

    def shelved(self, item: StudyItemId) -> Shelved | None:
        """One item likewise."""
        row = self.connection.execute(SHELVED_ONE, {"item": item}).one_or_none()
        return None if row is None else Shelved(to_item(row[:-1]), row[-1])

    def withdraw(self, item: StudyItemId, at: datetime | None) -> None:
        """Take an item out of the library; without a moment put it back."""
        self.connection.execute(WITHDRAW, {"item": item, "at": at})

    def expiring(self, since: date, until: date) -> list[StudyItem]:
        """Items whose last day is one of these and that nobody was told of yet; none that are withdrawn."""
        return [to_item(row) for row in self.connection.execute(EXPIRING, {"since": since, "until": until})]

    def note_told(self, item: StudyItemId, expires: date | None) -> None:
        """Remember that somebody was told of an item's last day."""
        self.connection.execute(NOTE_TOLD, {"item": item, "told": expires})

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member owns is now another's."""
        self.connection.execute(PASS_ON, {"awaited": awaited, "known": known})

    def candidates(self, group: ChatId, day: date) -> list[Candidate]:
        """All items that may be shown on a day, with the day when the group was shown each last."""
        rows = self.connection.execute(CANDIDATES, {"group": group, "day": day})
        return [Candidate(to_item(row[:-1]), row[-1]) for row in rows]

    def add_prompt(self, group: Chat, item: StudyItem, day: date, at: datetime) -> Prompt:
        """Remember what a group was given on a day."""
        values = {"group_id": group.id, "item_id": item.id, "day": day, "at": at}
        return Prompt(PromptId(self.connection.execute(ADD_PROMPT, values).scalar_one()), group, item, day, at)

    def prompt(self, prompt: PromptId) -> Prompt | None:
        """One prompt."""
        return self._prompt(PROMPT, prompt=prompt)

    def prompt_on(self, group: ChatId, day: date) -> Prompt | None:
        """What a group was given on a day."""
        return self._prompt(PROMPT_ON, group=group, day=day)

    def shown(self, prompt: PromptId) -> Shown | None:
        """One prompt without its item's words."""
        rows = SHOWN(self.connection, {"prompt": prompt})
        return to_shown(rows[0]) if rows else None

    def _prompt(self, statement: Prepared, **values: Any) -> Prompt | None:
        rows = statement(self.connection, values)
        return to_prompt(rows[0]) if rows else None

    def note_read(self, prompt: PromptId, member: MemberId, at: datetime) -> Callable[[], bool]:
        """Remember that a member has read what a group was given; call the result to learn whether that is new."""
        values = {"prompt_id": prompt, "member_id": member, "at": at}
        noted = NOTE_READ.send(self.connection, values)
        return lambda: bool(noted())

    def readers(self, prompt: PromptId) -> set[MemberId]:
        """Who has read what a group was given."""
        return {MemberId(member) for member in self.connection.execute(READERS, {"prompt": prompt}).scalars()}

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Studied]:
        """What a group was shown between two moments, oldest first."""
        rows = self.connection.execute(IN_SPAN, {"group": group, "since": since, "until": until, "most": most})
        return [Studied(code, title, day, at, answered, int(right)) for code, title, day, at, answered, right in rows]


OWN_READS = (
    select(item.title, study_reads.c.at)
    .select_from(study_reads.join(study_prompts, shown.id == study_reads.c.prompt_id).join(study_items))
    .where(study_reads.c.member_id == MEMBER)
    .order_by(study_reads.c.at)
)
OWN_ITEMS = select(item.title, item.expires.label("until")).where(item.owner_id == MEMBER).order_by(item.id)
DISOWN = update(study_items).where(item.owner_id == ERASED).values(owner_id=None)
SHOWN_IN_WEEK = select(func.count().label("study_items")).where(shown.group_id == GROUP, *within(shown.at))
ANSWERED_IN_WEEK = select(func.count().label("study_answered"), count_if(answered.right).label("study_right")).where(
    OF_A_DAY,
    answered.group_id == GROUP,
    *within(answered.at),  # of a day's question it is the prompt's group
)
# A line of the ledger with an odd ordinal takes back the one before it.
HAS_READ = and_(points_entries.c.event == READ.name, points_entries.c.ordinal % 2 == 0)


FEATURE = Feature(
    tables=(study_items, study_prompts, study_reads),
    personal=(Personal(435, "study_reads", OWN_READS), Personal(437, "study_items", OWN_ITEMS)),
    erase_member=(DISOWN,),
    not_erased={"study_reads": "kept under a number: the group's counts stay right"},
    week=(SHOWN_IN_WEEK, ANSWERED_IN_WEEK),
    ledger_week=(count_if(HAS_READ).label("study_read"),),
)
