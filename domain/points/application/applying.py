"""Members apply for an item of the scheme with evidence, and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.ids import ApplicationId
from domain.messaging.message import Message
from domain.people.permission import Permission, require
from domain.points.application.approving import news, shown, tell_approvers
from domain.points.application.model import (
    MAX_OPEN,
    MAX_TEXT_CHARS,
    AlreadyApplied,
    Application,
    ApplicationAnswered,
    ApplicationOver,
    NoHome,
    NotAnItem,
    NothingToApplyFor,
    Offered,
    Page,
    State,
    TooManyApplications,
    WrongEvidence,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.points.application.model import File, Shown
    from domain.points.features import Stores
    from domain.points.scheme.model import Item


@dataclass(frozen=True, slots=True)
class Applied:
    """An application that was made; `told` is false where nobody can be asked in private."""

    shown: Shown
    told: bool


def is_for_members(item: Item) -> bool:
    """Whether people apply for it: what takes points away is recorded by those in charge."""
    return item.rule.points > 0 and not item.rule.veto


def offered_on(stores: Stores, day: date) -> list[Offered]:
    """What members may apply for on a day."""
    return [_offered(item) for item in stores.schemes.versions().on(day).items if is_for_members(item)]


def recorded_on(stores: Stores, day: date) -> list[Offered]:
    """What those in charge record on a day: the items that take points away, and vetoes."""
    return [_offered(item) for item in stores.schemes.versions().on(day).items if not is_for_members(item)]


def _offered(item: Item) -> Offered:
    return Offered(item.rule.name, item.ask, item.rule.points, item.rule.veto)


def in_use(stores: Stores) -> bool:
    """Whether a scheme has items that members apply for."""
    return any(is_for_members(item) for scheme in stores.schemes.versions().schemes for item in scheme.items)


def called(stores: Stores, *, item: str) -> Offered:
    """What an item is called, in the version that was activated last of those that have it. Raises NotAnItem."""
    for scheme in reversed(stores.schemes.versions().schemes):
        found = scheme.item(item)
        if found is not None:
            return _offered(found)
    raise NotAnItem


def page(stores: Stores, actor: Actor) -> Page:
    """What one may apply for today, and what of one's own waits. Raises NothingToApplyFor, NoHome."""
    require(stores, actor, Permission.TAKE_PART)
    own = [shown(stores, one) for one in stores.applications.open_of(actor.member.id, MAX_OPEN)]
    if own and stores.members.home(actor.member.id) is None:
        return Page((), own)
    stores.schemes.reload()  # another process may have activated one
    found = offered_on(stores, _home(stores, actor.member.id).day(actor.heard_at))
    if not found and not own:
        raise NothingToApplyFor
    return Page(found, own)


def _home(stores: Stores, member: MemberId) -> Chat:
    number = stores.members.home(member)
    group = None if number is None else stores.chats.get(number)
    if group is None or not group.is_admitted:
        raise NoHome
    return group


def chosen(stores: Stores, actor: Actor, *, item: str) -> Offered:
    """An item that one may apply for today. Raises NotAnItem, NoHome, TooManyApplications."""
    require(stores, actor, Permission.TAKE_PART)
    stores.schemes.reload()
    day = _home(stores, actor.member.id).day(actor.heard_at)
    found = stores.schemes.versions().on(day).item(item)
    if found is None or not is_for_members(found):
        raise NotAnItem
    if len(stores.applications.open_of(actor.member.id, MAX_OPEN)) >= MAX_OPEN:
        raise TooManyApplications(most=MAX_OPEN)
    return _offered(found)


def check_text(words: str) -> str:
    """Evidence as it is kept. Raises WrongEvidence."""
    found = plain.clean(words).strip()
    if not plain.line(found) or len(found) > MAX_TEXT_CHARS:
        raise WrongEvidence(most=MAX_TEXT_CHARS)
    return found


def apply(stores: Stores, actor: Actor, *, item: str, words: str, file: File | None = None, source: str) -> Applied:
    """Apply for an item; those who answer are told in private. `source` names the form: sent twice, it applies once.

    Raises WrongEvidence, AlreadyApplied, and what `chosen` does.
    """
    require(stores, actor, Permission.TAKE_PART)
    known = stores.applications.made_by(source)
    if known is not None:
        return Applied(shown(stores, known), told=True)
    text, own = check_text(words), actor.member
    chosen(stores, actor, item=item)
    group = _home(stores, own.id)
    day = group.day(actor.heard_at)
    if stores.applications.has(own.id, item, text, day):
        raise AlreadyApplied
    branch, at = _branch(stores, own.id), actor.heard_at
    new = Application(ApplicationId(0), own, group.id, branch, item, text, file, day, at)
    made = stores.applications.add(new, source)
    return Applied(shown(stores, made), tell_approvers(stores, made, f"applied:{made.id}", at))


def _branch(stores: Stores, member: MemberId) -> BranchId | None:
    """Somebody's branch by the roster."""
    person = stores.people.of_member(member)
    return None if person is None or person.left_on is not None else person.branch


def withdraw(stores: Stores, actor: Actor, *, number: ApplicationId) -> Shown:
    """Take back what one has applied for, while nobody has answered. Raises ApplicationOver, ApplicationAnswered."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.applications.get(number)
    if found is None or found.by.id != actor.member.id:
        raise ApplicationOver
    if not _withdrawn(stores, found, actor.member.id, actor.heard_at):
        raise ApplicationAnswered(state=found.state)
    ended, about = shown(stores, found.moved(State.WITHDRAWN)), news(number)
    if stores.outbox.stands(about):
        message = Message("application.withdrawn", {"shown": ended}, subject=about)
        stores.outbox.edit(about, message, key=f"{about}:withdrawn")
    return ended


def _withdrawn(stores: Stores, application: Application, by: MemberId | None, at: datetime) -> bool:
    ended = application.moved(State.WITHDRAWN)
    if not stores.applications.answer(ended, by, at):
        return False
    tell_approvers(stores, ended, f"withdrawn:{ended.id}", at)
    return True


def withdraw_all(stores: Stores, member: MemberId, at: datetime) -> None:
    """Somebody has left, or is forgotten: what waits is withdrawn."""
    waiting: Sequence[Application] = stores.applications.open_of(member, 10 * MAX_OPEN)
    for one in waiting:
        _withdrawn(stores, one, None, at)
