"""A sheet: one question asked of one person in private, in one message that is edited in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from domain.ids import DraftId, SheetId
from domain.messaging import draft as drafts
from domain.messaging.draft import Draft
from domain.messaging.message import Subject
from domain.study.asking.order import shown_places
from domain.study.asking.showing import say_question
from domain.study.question import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from domain.ids import ChatId, MemberId, QuestionId
    from domain.messaging.message import Message, Text
    from domain.points.points import Credit
    from domain.study.attempt import Attempt, Occasion, OccasionKind
    from domain.study.features import Stores
    from domain.study.question import Question, StoredQuestion

DRAFT, SHEET = "asking", "sheet"  # the form of what is typed, and the key of its sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody is asked on an occasion: one at a time. `version` is that of the question as it is shown.

    `given` are the places that were chosen so far; once it `is_answered` the answer is an attempt.
    """

    id: SheetId
    member: MemberId
    chat: ChatId
    occasion: Occasion
    question: QuestionId
    version: int
    asked_at: datetime
    given: tuple[int, ...] = ()
    is_answered: bool = False

    @property
    def subject(self) -> Subject:
        """What its message is about, whichever question it shows."""
        return Subject("sheet", self.id)

    def places(self, question: Question) -> tuple[int, ...]:
        """The places of what there is to choose from, in this person's order."""
        return shown_places(self.member, self.question, question, self.occasion)

    def asking(self, question: StoredQuestion, at: datetime) -> Sheet:
        """The sheet with another question on it, or a newer version of the same."""
        return replace(self, question=question.id, version=question.version, asked_at=at, given=(), is_answered=False)


class Sheets(Protocol):
    """What people are asked, in the store: one sheet for a person and an occasion."""

    def get(self, sheet: SheetId) -> Sheet | None:
        """One of them."""

    def of(self, member: MemberId, kind: OccasionKind, id_: int) -> Sheet | None:
        """What somebody is asked on an occasion."""

    def add(self, sheet: Sheet) -> Sheet:
        """Remember a new one; its id is given now."""

    def save(self, sheet: Sheet) -> None:
        """Remember what has changed."""

    def drop(self, member: MemberId) -> None:
        """Somebody is asked nothing any more."""


@dataclass(frozen=True, slots=True)
class Follow:
    """What follows an answer on occasions of a kind; each part of study declares one (`asking.follow` lists them).

    `check` refuses an occasion that is over: it is asked before an answer is taken. `recorded` credits a first answer
    that was just noted. `told` is a line under the shown answer (progress, result). `next` is the question after it:
    without one there is no button for more.
    """

    check: Callable[[Stores, Occasion, MemberId, datetime], None] | None = None
    recorded: Callable[[Stores, Attempt], Credit | None] | None = None
    told: Callable[[Stores, Occasion, MemberId, datetime], Text | None] | None = None
    next: Callable[[Stores, Occasion, MemberId, datetime], StoredQuestion | None] | None = None


def ask(
    stores: Stores,
    member: MemberId,
    question: StoredQuestion,
    occasion: Occasion,
    *,
    chat: ChatId,
    key: str,
    at: datetime,
) -> Sheet:
    """Ask somebody a question in their private chat, in a new message; an earlier one of this occasion goes.

    What they are being asked already keeps its time and what was chosen so far.
    """
    known = stores.sheets.of(member, occasion.kind, occasion.id)
    if known is None:
        sheet = stores.sheets.add(Sheet(SheetId(0), member, chat, occasion, question.id, question.version, at))
    else:
        same = (known.question, known.version) == (question.id, question.version) and not known.is_answered
        sheet = replace(known if same else known.asking(question, at), chat=chat)
        stores.sheets.save(sheet)
        stores.outbox.delete(sheet.subject, key=f"{key}:before")
    listen(stores, sheet, question.question, at)
    stores.outbox.send(chat, shown(sheet, question), key=key, urgent=True)
    return sheet


def shown(sheet: Sheet, question: StoredQuestion, *, has_changed: bool = False) -> Message:
    """The message of a sheet that is not answered yet."""
    return say_question(sheet, question.question, has_changed=has_changed)


def listen(stores: Stores, sheet: Sheet, question: Question, at: datetime) -> None:
    """What is typed from now on answers this sheet. A form that was begun goes on, but where only typing can answer."""
    known = stores.drafts.open_of(sheet.member, sheet.chat)
    if known is not None and known.form == DRAFT and known.values.get(SHEET) == str(sheet.id):
        return
    if known is not None and known.form != DRAFT and question.kind is not QuestionKind.FILL_IN:
        return
    if known is not None:
        drafts.finish(stores, known)
    stores.drafts.add(Draft(DraftId(0), DRAFT, sheet.member, sheet.chat, "", {SHEET: str(sheet.id)}), at)


def stop_listening(stores: Stores, sheet: Sheet) -> None:
    """What is typed from now on means something else again."""
    known = stores.drafts.open_of(sheet.member, sheet.chat)
    if known is not None and known.form == DRAFT and known.values.get(SHEET) == str(sheet.id):
        drafts.finish(stores, known)
