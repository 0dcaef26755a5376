"""Keeping the library: a page of its items, one as it will look, taken out of it and put back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from domain.admin.audit import AuditAction
from domain.ids import StudyItemId
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.study.audience import includes
from domain.study.course import Progress, progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.people.actor import Actor
    from domain.study.campaign import Campaign
    from domain.study.course import Course
    from domain.study.features import Stores
    from domain.study.item import Media, StudyItem

WITHDRAWN = AuditAction("study.withdrawn")
RETURNED = AuditAction("study.returned")
ATTACHED = AuditAction("study.attached")
KEEP = Permission.KEEP_LIBRARY
LISTED = 8  # items on a page


class NoSuchItem(Refusal):
    """There is no such item."""

    text = "library.no_such_item"


class Shelved(NamedTuple):
    """An item on the shelf, and when any group was shown it last."""

    item: StudyItem
    last_shown: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the library: the items behind `offset`, and how many there are in all.

    On the first page also the courses, and the campaigns that are not over yet.
    """

    items: Sequence[Shelved]
    offset: int
    count: int
    today: date
    courses: Sequence[Course] = ()
    campaigns: Sequence[Campaign] = ()

    @property
    def before(self) -> int | None:
        """Where the page before begins."""
        return max(0, self.offset - LISTED) if self.offset else None

    @property
    def after(self) -> int | None:
        """Where the next page begins."""
        end = self.offset + len(self.items)
        return end if end < self.count else None


@dataclass(frozen=True, slots=True)
class Opened:
    """An item as it will look, and what a keeper wants to know of it; `offset` is where its page begins."""

    item: StudyItem
    last_shown: date | None
    today: date
    offset: int = 0


def page(stores: Stores, actor: Actor, *, offset: int = 0) -> Page:
    """A page of the library. Raises NotAllowed."""
    require(stores, actor, KEEP)
    count = stores.studies.count()
    start = min(max(offset, 0), max(count - 1, 0)) // LISTED * LISTED
    items = stores.studies.shelf(start, LISTED)
    first = start == 0
    campaigns = [one for one in stores.campaigns.all() if one.until >= actor.today] if first else []
    return Page(items, start, count, actor.today, stores.courses.all() if first else (), campaigns)


def show(stores: Stores, actor: Actor, *, number: StudyItemId, offset: int = 0) -> Opened:
    """One item. Raises NotAllowed, NoSuchItem."""
    require(stores, actor, KEEP)
    found = stores.studies.shelved(number)
    if found is None:
        raise NoSuchItem
    return Opened(found.item, found.last_shown, actor.today, offset)


def withdraw(stores: Stores, actor: Actor, *, number: StudyItemId, offset: int = 0) -> Opened:
    """Take an item out of the library: it is shown and asked no more. Raises NotAllowed, NoSuchItem."""
    found = show(stores, actor, number=number, offset=offset)
    if not found.item.is_withdrawn:
        stores.studies.withdraw(number, actor.now)
        stores.audit.note(actor.member.id, WITHDRAWN, f"study_item:{number}", old=None, new=None, at=actor.now)
    return show(stores, actor, number=number, offset=offset)


def put_back(stores: Stores, actor: Actor, *, number: StudyItemId, offset: int = 0) -> Opened:
    """Put an item back that was taken out. Raises NotAllowed, NoSuchItem."""
    found = show(stores, actor, number=number, offset=offset)
    if found.item.is_withdrawn:
        stores.studies.withdraw(number, None)
        stores.audit.note(actor.member.id, RETURNED, f"study_item:{number}", old=None, new=None, at=actor.now)
    return show(stores, actor, number=number, offset=offset)


def attach(stores: Stores, actor: Actor, *, number: StudyItemId, media: Media | None) -> Opened:
    """Show an item with a picture or document from now on, or with none. Raises NotAllowed, NoSuchItem."""
    found = show(stores, actor, number=number)
    lesson = found.item.lesson
    if media == lesson.media:
        return found
    stores.studies.put(replace(lesson, media=media))
    kind = None if media is None else media.kind.value
    was = None if lesson.media is None else lesson.media.kind.value
    stores.audit.note(actor.member.id, ATTACHED, f"study_item:{number}", old=was, new=kind, at=actor.now)
    return show(stores, actor, number=number)


def own_progress(stores: Stores, actor: Actor) -> list[tuple[Course, Progress]]:
    """How far somebody is in the courses for them that they have begun."""
    require(stores, actor, Permission.TAKE_PART)
    own = actor.member.id
    found = [(one, progress(one, stores.courses.read(one, own))) for one in stores.courses.all()]
    return [(course, made) for course, made in found if made.done and includes(stores, course.audience, own)]


def called(stores: Stores, number: int) -> str | None:
    """What an item is called."""
    found = stores.studies.shelved(StudyItemId(number))
    return None if found is None else found.item.lesson.title
