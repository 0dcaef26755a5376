"""Dialogues of several steps: rows, not memory, so they survive a restart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from domain.feature import Feature
from domain.ids import DraftId
from domain.messaging.message import Subject, Text
from domain.people.permission import NobodyKnown, require_admitted
from domain.refusal import Refusal
from domain.today import Part, Today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.people.actor import Actor
    from domain.stores import Stores


class NothingToCancel(Refusal):
    """No draft is open."""

    text = "draft.nothing_to_cancel"


class DraftOver(Refusal):
    """A button of a draft that was finished, cancelled or replaced."""

    text = "draft.over"


class NotYourDraft(Refusal):
    """A button of a draft that somebody else is writing."""

    text = "draft.not_yours"


class AlreadyAnswered(Refusal):
    """An edit of a message whose answer was taken: the draft is a step further."""

    text = "draft.already_answered"


HEARD, ASKED = "heard", "asked"  # entries that are no answers: which messages were taken, how many questions were put


@dataclass(frozen=True, slots=True)
class Draft:
    """What a member fills in in a chat: the form's name, what is known so far, and the field that is asked for now.

    What is known is kept as text; the form's fields know how to read it.
    """

    id: DraftId
    form: str
    member: MemberId
    chat: ChatId
    step: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        """What the message that asks now is about; each question is a message of its own, and only one stands."""
        return Subject("draft", self.id)

    @property
    def key(self) -> str:
        """The outbox's key of the message that asks now."""
        return f"{self.subject}:{self.values.get(ASKED, 0)}"

    def has_heard(self, source: str) -> bool:
        """Whether a message has answered it."""
        return source in self.values.get(HEARD, "").split()

    def heard(self, source: str) -> Draft:
        """The draft, knowing that a message has answered it. Raises AlreadyAnswered for one that has before."""
        if self.has_heard(source):
            raise AlreadyAnswered
        return self.filled(**{HEARD: f"{self.values.get(HEARD, '')} {source}".strip()})

    def filled(self, **values: str) -> Draft:
        """The draft with more known."""
        return replace(self, values={**self.values, **values})

    def without(self, name: str) -> Draft:
        """The draft with less known."""
        return replace(self, values={key: value for key, value in self.values.items() if key != name})

    def asking(self, step: str) -> Draft:
        """The draft with another question put."""
        return replace(self, step=step).filled(**{ASKED: str(int(self.values.get(ASKED, 0)) + 1)})


class Drafts(Protocol):
    """Drafts in the store: one at a time for a member in a chat."""

    def get(self, draft: DraftId) -> Draft | None:
        """One draft, if it is still open."""

    def open_of(self, member: MemberId, chat: ChatId) -> Draft | None:
        """The draft that a member is writing in a chat."""

    def add(self, draft: Draft, at: datetime) -> Draft:
        """Begin a draft; its id is given now."""

    def save(self, draft: Draft) -> None:
        """Remember what has changed."""

    def remove(self, draft: DraftId) -> None:
        """It is finished or given up."""


def unchanged(stores: Stores, draft: Draft) -> None:
    """Raises DraftOver where a draft has been ended or changed since it was read."""
    known = stores.drafts.get(draft.id)
    if known is None or (known.step, known.values.get(ASKED)) != (draft.step, draft.values.get(ASKED)):
        raise DraftOver


def begin(stores: Stores, actor: Actor, form: str, values: Mapping[str, str] | None = None) -> Draft:
    """Begin a draft in place of an earlier one; nothing is asked yet.

    Raises NotAdmitted, and NobodyKnown for an anonymous administrator: others, who also speak as the group, could go on
    with it.
    """
    require_admitted(actor.chat)
    if not actor.member.is_person:
        raise NobodyKnown(secretary=False)
    give_up(stores, actor)
    return stores.drafts.add(Draft(DraftId(0), form, actor.member.id, actor.chat.id, "", values or {}), actor.heard_at)


def give_up(stores: Stores, actor: Actor) -> Draft | None:
    """Remove what a member is filling in in a chat, and take its question back."""
    draft = stores.drafts.open_of(actor.member.id, actor.chat.id)
    if draft is not None:
        finish(stores, draft)
    return draft


def finish(stores: Stores, draft: Draft) -> None:
    """Remove a draft and take its question back."""
    stores.drafts.remove(draft.id)
    stores.outbox.delete(draft.subject, key=f"{draft.subject}:over")


def cancel(stores: Stores, actor: Actor) -> Draft | None:
    """Give up what goes on because its writer says so: a draft, and the key that the chat is under.

    Raises NotAdmitted, NothingToCancel.
    """
    require_admitted(actor.chat)
    draft = give_up(stores, actor)
    if draft is None and stores.chats.get(actor.chat.id).under is None:
        raise NothingToCancel
    stores.encryption.end(actor.chat.id)
    return draft


def own(stores: Stores, actor: Actor, *, number: DraftId) -> Draft:
    """The draft that a button belongs to. Raises NotAdmitted, DraftOver, NotYourDraft."""
    require_admitted(actor.chat)
    draft = stores.drafts.get(number)
    if draft is None or draft.chat != actor.chat.id:
        raise DraftOver
    if draft.member != actor.member.id:
        raise NotYourDraft
    return draft


def own_of(stores: Stores, actor: Actor, form: str, number: DraftId) -> Draft:
    """The same of one form alone. Raises NotAdmitted, DraftOver, NotYourDraft."""
    draft = own(stores, actor, number=number)
    if draft.form != form:
        raise DraftOver
    return draft


def _waiting(stores: Stores, actor: Actor) -> Part | None:
    """A form that somebody has begun in private and not ended."""
    draft = stores.drafts.open_of(actor.member.id, actor.chat.id)
    return None if draft is None else Part(Text("draft.today"))


FEATURE = Feature("draft", today=(Today(50, _waiting),))
