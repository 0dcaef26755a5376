"""Questionnaires that are kept to be asked: read from a file in chat or on the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.ids import KeptId
from domain.messaging import draft as drafts
from domain.messaging.message import Message, Subject
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.voice.questionnaire import data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import DraftId, MemberId
    from domain.messaging.draft import Draft
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.questionnaire.model import Questionnaire

KEPT = AuditAction("questionnaire.kept")
REMOVED = AuditAction("questionnaire.removed")
FORM = "kept_questionnaire"  # the form of such a draft: nothing is asked, but whether it is right as shown
MAX_KEPT = 100  # of one owner


class NotKept(Refusal):
    """There is no such questionnaire, or it is somebody else's."""

    text = "kept_questionnaire.not_kept"


class TooManyKept(Refusal):
    """As many as may be are kept already; `most` of them."""

    text = "kept_questionnaire.too_many"


@dataclass(frozen=True, slots=True)
class KeptQuestionnaire:
    """A questionnaire that its owner can ask; without an owner (from the command line) everybody who may ask."""

    id: KeptId
    questionnaire: Questionnaire
    owner: MemberId | None
    kept_at: datetime

    @property
    def subject(self) -> Subject:
        """What the audit log calls it."""
        return Subject("questionnaire", self.id)


class Kept(Protocol):
    """Kept questionnaires in the store."""

    def add(self, questionnaire: Questionnaire, owner: MemberId | None, source: str, at: datetime) -> KeptQuestionnaire:
        """Keep one; where one of the same source is kept already, it stays as it is."""

    def get(self, number: KeptId) -> KeptQuestionnaire | None:
        """One of them."""

    def list(self, owner: MemberId | None) -> Sequence[KeptQuestionnaire]:
        """Those of an owner and those without one, the newest first; of `None` only the latter."""

    def all(self) -> Sequence[KeptQuestionnaire]:
        """Whosever they are, the newest first."""

    def remove(self, number: KeptId) -> None:
        """Keep it no longer."""

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member owned is now another's."""


class HasKept(Protocol):
    """Stores with this one among them."""

    @property
    def kept_questionnaires(self) -> Kept:
        """See `Kept`."""


def propose(stores: Stores, actor: Actor, *, questionnaire: Questionnaire, source: str) -> Draft:
    """Wait for a word whether a questionnaire is to be kept. Raises NotAllowed, TooManyKept."""
    require(stores, actor, Permission.ASK_SURVEYS)
    _check_room(stores, actor.member.id)
    told = json.dumps(data.of_questionnaire(questionnaire), ensure_ascii=False)
    return drafts.begin(stores, actor, FORM, {"questionnaire": told, "source": source})


def agree(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """Keep the questionnaire that was shown. Raises NotAllowed, DraftOver, NotYourDraft, TooManyKept."""
    require(stores, actor, Permission.ASK_SURVEYS)
    draft = drafts.own_of(stores, actor, FORM, number)
    questionnaire = data.to_questionnaire(json.loads(draft.values["questionnaire"]))
    kept = keep(stores, questionnaire, owner=actor.member.id, source=draft.values["source"], at=actor.now)
    stores.drafts.remove(draft.id)
    shown = Message("kept_questionnaire.kept", {"kept": kept})
    stores.outbox.edit(draft.subject, shown, key=f"{draft.subject}:done")


def keep(
    stores: Stores, questionnaire: Questionnaire, *, owner: MemberId | None, source: str, at: datetime
) -> KeptQuestionnaire:
    """Keep a questionnaire; without an owner for everybody who may ask. Raises TooManyKept.

    Chat asks for permission before; the command line needs none.
    """
    _check_room(stores, owner)
    kept = stores.kept_questionnaires.add(questionnaire, owner, source, at)
    stores.audit.note(owner, KEPT, str(kept.subject), old=None, new=None, at=at)
    return kept


def _check_room(stores: Stores, owner: MemberId | None) -> None:
    if sum(one.owner == owner for one in stores.kept_questionnaires.list(owner)) >= MAX_KEPT:
        raise TooManyKept(most=MAX_KEPT)


def decline(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """What was shown is not to be kept. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, Permission.ASK_SURVEYS)
    drafts.finish(stores, drafts.own_of(stores, actor, FORM, number))


def listed(stores: Stores, actor: Actor) -> Sequence[KeptQuestionnaire]:
    """Those that somebody can ask, the newest first. Raises NotAllowed."""
    require(stores, actor, Permission.ASK_SURVEYS)
    return stores.kept_questionnaires.list(actor.member.id)


def offered(stores: Stores, actor: Actor) -> Sequence[KeptQuestionnaire]:
    """Those that the form of a questionnaire offers; whether somebody may ask them there, the form asks."""
    require(stores, actor, Permission.TAKE_PART)
    return stores.kept_questionnaires.list(actor.member.id)


def chosen(stores: Stores, actor: Actor, *, number: KeptId) -> KeptQuestionnaire:
    """One of those that the form offers. Raises NotKept."""
    require(stores, actor, Permission.TAKE_PART)
    return _known(stores, actor, number)


def show(stores: Stores, actor: Actor, *, number: KeptId) -> KeptQuestionnaire:
    """One that somebody can ask. Raises NotAllowed, NotKept."""
    require(stores, actor, Permission.ASK_SURVEYS)
    return _known(stores, actor, number)


def _known(stores: Stores, actor: Actor, number: KeptId) -> KeptQuestionnaire:
    kept = stores.kept_questionnaires.get(number)
    if kept is None or kept.owner not in (None, actor.member.id):
        raise NotKept
    return kept


def remove(stores: Stores, actor: Actor, *, number: KeptId) -> KeptQuestionnaire:
    """Keep one's own no longer; what was asked of it stays. Raises NotAllowed, NotKept."""
    kept = show(stores, actor, number=number)
    if kept.owner != actor.member.id:
        raise NotKept
    stores.kept_questionnaires.remove(kept.id)
    stores.audit.note(actor.member.id, REMOVED, str(kept.subject), old=None, new=None, at=actor.now)
    return kept


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.kept_questionnaires.pass_on(awaited, known)


def _named(stores: Stores, number: int) -> str | None:
    """What the audit log calls one."""
    kept = stores.kept_questionnaires.get(KeptId(number))
    return None if kept is None else kept.questionnaire.title


FEATURE = Feature("kept_questionnaire", audit=(KEPT, REMOVED), merged=_merged, named={"questionnaire": _named})
