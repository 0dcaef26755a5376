"""The library comes in from files and goes out to them: shown first, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import FILE_EXPORTED, FILE_IMPORTED
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require
from domain.progress import nothing
from domain.study import audience
from domain.study.library import MAX_FAULTS, Fault, Kind, Library, Reason, Record, WrongLibrary
from domain.study.question import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.ids import DraftId, MemberId
    from domain.people.actor import Actor
    from domain.progress import Progress
    from domain.study.audience import Audience
    from domain.study.features import Stores
    from domain.study.item import Lesson, StudyItem

FORM = "library"  # the form of such a draft: nothing is asked, but whether it is right as shown
LISTED = 10  # titles in a preview
KEEP = Permission.KEEP_LIBRARY


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a file that is not carried over: with which item, and what; `owner` is one without an account."""

    item: str
    field: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, or has done: the titles of what is new and of what changes, and how many stay."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0
    lost: tuple[Loss, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed)

    @property
    def told(self) -> str:
        """How many, as the audit log has it."""
        return f"items_added:{len(self.added)} items_changed:{len(self.changed)}"


def look(stores: Stores, actor: Actor, *, library: Library) -> Plan:
    """What an import would do. Raises NotAllowed, WrongLibrary."""
    require(stores, actor, KEEP)
    return plan(stores, library=library)


def plan(stores: Stores, *, library: Library) -> Plan:
    """The same for whoever has the machine. Raises WrongLibrary."""
    fitted, lost = _fitted(stores, library)
    known = {one.lesson.code: one.lesson for one in stores.studies.by_codes([one.code for one in fitted.lessons])}
    changes = [(one.title, _change(one, known.get(one.code))) for one in fitted.lessons]
    for course in fitted.courses:
        before = stores.courses.get(course.code)
        changes.append((course.title, _how(is_known=before is not None, is_same=before == course)))
    for campaign in fitted.campaigns:
        running = stores.campaigns.get(campaign.code)
        changes.append((campaign.title, _how(is_known=running is not None, is_same=running == campaign)))
    return Plan(
        tuple(title for title, change in changes if change is Change.ADDED),
        tuple(title for title, change in changes if change is Change.CHANGED),
        sum(change is Change.SAME for _, change in changes),
        tuple(lost),
    )


def _change(lesson: Lesson, known: Lesson | None) -> Change:
    is_same = known is not None and replace(lesson, version=known.version) == known
    return _how(is_known=known is not None, is_same=is_same)


def _how(*, is_known: bool, is_same: bool) -> Change:
    if not is_known:
        return Change.ADDED
    return Change.SAME if is_same else Change.CHANGED


def carry_out(
    stores: Stores, *, library: Library, by: MemberId | None, at: datetime, progress: Progress = nothing
) -> Plan:
    """Put a library into the store, as whoever has the machine may without being asked. Raises WrongLibrary."""
    done = plan(stores, library=library)
    fitted, _ = _fitted(stores, library)
    for number, lesson in enumerate(fitted.lessons, 1):
        stores.studies.put(lesson)
        progress(number, len(fitted.lessons))
    for course in fitted.courses:
        stores.courses.put(course)
    for campaign in fitted.campaigns:
        stores.campaigns.put(campaign)
    if not done.is_empty:
        stores.audit.note(by, FILE_IMPORTED, "library", old=None, new=done.told, at=at)
    return done


def propose(stores: Stores, actor: Actor, *, library: Library, lost: Sequence[Loss], file: str, name: str) -> Message:
    """Show what a file would do, with buttons to agree or not. `file` is what the platform calls it.

    Raises NotAllowed, WrongLibrary.
    """
    found = look(stores, actor, library=library)
    values = {"plan": replace(found, lost=(*lost, *found.lost)), "name": name, "listed": LISTED}
    if found.is_empty:
        return Message("library.no_changes", values)
    draft = drafts.begin(stores, actor, FORM, {"file": file, "name": name})
    agree = Button("library.import_button", Action("library.import", draft.id))
    cancel = Button("library.cancel_button", Action("library.cancel", draft.id))
    return Message("library.preview", values, [[agree, cancel]], draft.subject)


def proposed(stores: Stores, actor: Actor, *, number: DraftId) -> str:
    """What the platform calls the file that a button belongs to. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, KEEP)
    return drafts.own_of(stores, actor, FORM, number).values["file"]


def agree(stores: Stores, actor: Actor, *, number: DraftId, library: Library) -> None:
    """Do what was shown. Raises NotAllowed, DraftOver, NotYourDraft, WrongLibrary."""
    require(stores, actor, KEEP)
    draft = drafts.own_of(stores, actor, FORM, number)
    done = carry_out(stores, library=library, by=actor.member.id, at=actor.now)
    stores.drafts.remove(draft.id)
    values = {"plan": done, "name": draft.values["name"], "listed": LISTED}
    stores.outbox.edit(draft.subject, Message("library.imported", values), key=f"{draft.subject}:done")


def decline(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """What was shown is not to be done. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, KEEP)
    drafts.finish(stores, drafts.own_of(stores, actor, FORM, number))


def export(stores: Stores, actor: Actor) -> Library:
    """The whole library, for a file. Raises NotAllowed."""
    require(stores, actor, KEEP)
    return whole(stores)


def note_export(stores: Stores, actor: Actor, *, count: int) -> None:
    """Note that the library was written into a file. Raises NotAllowed."""
    require(stores, actor, KEEP)
    stores.audit.note(actor.member.id, FILE_EXPORTED, "library", old=None, new=str(count), at=actor.now)


def whole(stores: Stores) -> Library:
    """The whole library, also what is withdrawn or has expired."""
    lessons = [one.lesson for one in stores.studies.all()]
    people = {one.member: one.number for one in stores.people.of_members({one.owner for one in lessons if one.owner})}
    owners = {one.code: people[one.owner] for one in lessons if one.owner in people}
    return Library(tuple(lessons), tuple(stores.courses.all()), tuple(stores.campaigns.all()), owners)


def _fitted(stores: Stores, library: Library) -> tuple[Library, Sequence[Loss]]:
    """A library with what the store knows: whose numbers the owners', what a file does not say and stays as it is.

    Raises WrongLibrary for names that mean nothing here.
    """
    faults = list(_faults(stores, library))
    if faults:
        raise WrongLibrary(faults[:MAX_FAULTS])
    known = {one.lesson.code: one for one in stores.studies.by_codes([one.code for one in library.lessons])}
    lost: list[Loss] = []
    lessons = tuple(_owned(stores, library, one, known, lost) for one in library.lessons)
    return replace(library, lessons=lessons), lost


def _owned(
    stores: Stores, library: Library, lesson: Lesson, known: Mapping[str, StudyItem], lost: list[Loss]
) -> Lesson:
    before = known.get(lesson.code)
    owner = None if before is None else before.lesson.owner
    number = library.owners.get(lesson.code)
    if number:
        person = stores.people.numbered(number)
        owner = None if person is None else person.member
        if owner is None:
            lost.append(Loss(lesson.code, "owner"))
    media = lesson.media or (None if before is None else before.lesson.media)
    return replace(lesson, owner=owner, media=media)


def _faults(stores: Stores, library: Library) -> Iterator[Fault]:
    for lesson in library.lessons:
        record = _record(library, Kind.ITEM, lesson.code)
        yield from _of_audience(stores, lesson.audience, record)
        number = library.owners.get(lesson.code)
        if number and stores.people.numbered(number) is None:
            yield _fault(record, "owner", Reason.NO_SUCH_PERSON, number)
    for course in library.courses:
        record = _record(library, Kind.COURSE, course.code)
        yield from _of_audience(stores, course.audience, record)
        yield from _of_items(stores, library, course.items, record)
    for campaign in library.campaigns:
        record = _record(library, Kind.CAMPAIGN, campaign.code)
        yield from _of_audience(stores, campaign.audience, record)
        yield from _of_items(stores, library, campaign.items, record)


def _of_audience(stores: Stores, whom: Audience, record: Record) -> Iterator[Fault]:
    for name in whom.branches:
        if audience.find(stores, name) is None:
            yield _fault(record, "branches", Reason.NO_SUCH_BRANCH, name)


def _of_items(stores: Stores, library: Library, codes: Sequence[str], record: Record) -> Iterator[Fault]:
    missing = set(codes) - {one.code for one in library.lessons}
    missing -= {one.lesson.code for one in stores.studies.by_codes(sorted(missing))}
    for code in codes:
        if code in missing:
            yield _fault(record, "items", Reason.NO_SUCH_ITEM, code)


def _record(library: Library, kind: Kind, code: str) -> Record:
    return library.places.get(f"{kind}:{code}", Record(kind, {"code": (code,)}))


def _fault(record: Record, name: str, reason: Reason, detail: str) -> Fault:
    return Fault(record.at(name), record.one("code") or record.one("title"), name, reason, detail)
