"""The study library in the store: items, what was shown where, who has answered."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select

from domain.ids import ChatId, MemberId, PromptId, StudyItemId
from domain.messaging.chat import Chat
from domain.study.study import Lesson, Prompt, Quiz, StudyItem
from storage.dialects import insert_new, upsert
from storage.messaging.chat import COLUMNS as CHAT
from storage.messaging.chat import to_chat
from storage.prepared import Prepared
from storage.schema import chats, study_answers, study_items, study_prompts

item = study_items.c
shown = study_prompts.c
ITEM = (item.id, item.code, item.title, item.topic, item.text, item.source, item.quiz, item.expires)
PUT = upsert(
    study_items,
    ("code",),
    **{name: bindparam(f"new_{name}") for name in ("title", "topic", "text", "source", "expires")},
    quiz=bindparam("new_quiz", type_=item.quiz.type),
)
NEXT_FOR = (
    select(*ITEM)
    .outerjoin(study_prompts, (shown.item_id == item.id) & (shown.group_id == bindparam("group")))
    .where(or_(item.expires.is_(None), item.expires >= bindparam("day")))
    .group_by(item.id)
    .order_by(func.max(shown.day).is_not(None), func.max(shown.day), item.id)
    .limit(1)
)
ANY = select(item.id).limit(1)
ADD_PROMPT = insert(study_prompts).returning(shown.id)
PROMPTS = select(shown.id, shown.day, shown.at, *CHAT, *ITEM).join_from(study_prompts, study_items).join(chats)
PROMPT = Prepared(PROMPTS.where(shown.id == bindparam("prompt")))
PROMPT_ON = Prepared(PROMPTS.where(shown.group_id == bindparam("group"), shown.day == bindparam("day")))
HAS_ANSWERED = select(study_answers.c.choice).where(
    study_answers.c.member_id == bindparam("member"), study_answers.c.item_id == bindparam("item")
)
NOTE_ANSWER = insert_new(study_answers, ("member_id", "item_id"))


def to_item(row: Sequence[Any]) -> StudyItem:
    """A row of ITEM as the domain's."""
    id_, code, title, topic, text, source, quiz, expires = row
    question = quiz and Quiz(quiz["question"], tuple(quiz["options"]), quiz["answer"], quiz["explanation"])
    return StudyItem(StudyItemId(id_), Lesson(code, title, topic, text, source, question, expires))


def from_quiz(quiz: Quiz | None) -> dict[str, Any] | None:
    """A quiz as the store keeps it."""
    return asdict(quiz) if quiz else None


class Studies:
    """See `domain.study.study.Studies`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, lesson: Lesson) -> None:
        """Add a lesson, or replace the one with its code."""
        values = {
            "title": lesson.title,
            "topic": lesson.topic,
            "text": lesson.text,
            "source": lesson.source,
            "quiz": from_quiz(lesson.quiz),
            "expires": lesson.expires,
        }
        changes = {f"new_{name}": value for name, value in values.items()}
        self.connection.execute(PUT, {"code": lesson.code, **values, **changes})

    def is_empty(self) -> bool:
        """Whether there is no lesson at all."""
        return self.connection.execute(ANY).first() is None

    def next_for(self, group: ChatId, day: date) -> StudyItem | None:
        """The item that a group has not seen for longest."""
        row = self.connection.execute(NEXT_FOR, {"group": group, "day": day}).one_or_none()
        return to_item(row) if row else None

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

    def _prompt(self, statement: Prepared, **values: Any) -> Prompt | None:
        rows = statement(self.connection, values)
        if not rows:
            return None
        id_, day, at, *rest = rows[0]
        group, item = to_chat(rest[: len(CHAT)]), to_item(rest[len(CHAT) :])
        return Prompt(PromptId(id_), group, item, day, at)

    def has_answered(self, member: MemberId, item: StudyItemId) -> bool:
        """Whether a member's first answer to an item's quiz is known."""
        return self.connection.execute(HAS_ANSWERED, {"member": member, "item": item}).first() is not None

    def note_answer(self, member: MemberId, prompt: Prompt, choice: int, at: datetime) -> None:
        """Remember a member's first answer."""
        quiz = prompt.item.lesson.quiz
        self.connection.execute(
            NOTE_ANSWER,
            {
                "member_id": member,
                "item_id": prompt.item.id,
                "prompt_id": prompt.id,
                "choice": choice,
                "right": quiz is not None and quiz.answer == choice,
                "at": at,
            },
        )
