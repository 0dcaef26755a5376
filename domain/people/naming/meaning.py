"""Find out whom the names in a message mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import MemberId
from domain.people import member as members
from domain.people.member import Mention, OfTheRoster
from domain.people.naming.directory import EVERYBODY, MAX_CHOICES, Directory, directory, key
from domain.people.naming.model import (
    Called,
    Chosen,
    HasGone,
    Kind,
    Meant,
    NeverSpoken,
    Nobody,
    NobodyThere,
    Somebody,
    Unclear,
    Whole,
)
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.people.naming.model import Part, Wanted
    from domain.stores import Stores


def meant(stores: Stores, wanted: Sequence[Wanted], group: Chat, at: datetime) -> Meant:
    """The people who are meant, each once, in the order in which they were named.

    Raises Unclear, Nobody, NeverSpoken, HasGone, NobodyThere, OfTheRoster.
    """
    names = directory(stores, group)
    people: dict[Chosen, Somebody] = {}
    gone: dict[Chosen, Somebody] = {}
    whole = False
    for one in wanted:
        found, is_whole = _one(stores, names, one, group, at)
        whole = whole or is_whole
        if not is_whole and found[0].gone:
            raise HasGone(name=found[0].name)
        people |= {who.chosen: who for who in found if not who.gone}
        gone |= {who.chosen: who for who in found if who.gone}
    if not people:
        raise NobodyThere
    return Meant(list(people.values()), list(gone.values()), whole)


def _one(
    stores: Stores, names: Directory, wanted: Wanted, group: Chat, at: datetime
) -> tuple[Sequence[Somebody], bool]:
    """The people that one name means, and whether it is the name of several people (everybody, a party group)."""
    if isinstance(wanted, Chosen):
        return _chosen(stores, names, wanted, group)
    if isinstance(wanted, Mention) and wanted.person is not None:
        if not wanted.person.is_person:
            raise NeverSpoken(name=wanted.name)
        return [_seen(stores, names, members.meet(stores, wanted.person, at))], False
    if isinstance(wanted, Mention) and wanted.is_username and key(wanted.name) not in EVERYBODY:
        return [_of_username(stores, names, wanted)], False
    return _called(stores, names, Called(wanted.name) if isinstance(wanted, Mention) else wanted, group)


def _called(stores: Stores, names: Directory, wanted: Called, group: Chat) -> tuple[Sequence[Somebody], bool]:
    if key(wanted.words) in EVERYBODY:
        return _everybody(stores, names, group), True
    people, parts = names.called(wanted.words), names.part(wanted.words)
    if people or not parts:
        return [_only(stores, names, wanted, people)], False
    if len(parts) > 1:
        raise Unclear(wanted, parts[:MAX_CHOICES])
    return _within(stores, names, parts[0].branch.id), True


def settled(stores: Stores, wanted: Sequence[Wanted], group: Chat, at: datetime) -> list[Chosen | Mention | Called]:
    """Each clear name as a choice, each unclear one as it was written. Raises what `meant` does, but not Unclear."""
    names = directory(stores, group)
    return [_settled(stores, names, one, group, at) for one in wanted]


def _settled(stores: Stores, names: Directory, wanted: Wanted, group: Chat, at: datetime) -> Chosen | Mention | Called:
    if isinstance(wanted, Chosen):
        return wanted
    try:
        found, is_whole = _one(stores, names, wanted, group, at)
    except Unclear as unclear:
        return unclear.wanted
    if not is_whole:
        return found[0].chosen
    words = wanted.name if isinstance(wanted, Mention) else wanted.words
    if key(words) in EVERYBODY:
        return Chosen(Kind.EVERYBODY, 0)
    return names.part(words)[0].chosen


def choices(stores: Stores, wanted: Mention | Called, group: Chat, at: datetime) -> Sequence[Somebody | Part]:
    """The people whom an unclear name may mean; empty if it has become clear, or means nobody."""
    try:
        _one(stores, directory(stores, group), wanted, group, at)
    except Unclear as unclear:
        return unclear.choices
    except Refusal:
        pass
    return ()


def shown(stores: Stores, chosen: Sequence[Chosen], group: Chat, at: datetime) -> list[Somebody | Whole]:
    """The choices as they are shown; one that no longer exists is left out."""
    names = directory(stores, group)
    found: list[Somebody | Whole] = []
    for one in chosen:
        try:
            people, is_whole = _one(stores, names, one, group, at)
        except Refusal:
            continue
        found.extend([Whole(_whole_name(names, one), len(people), one)] if is_whole else people)
    return found


def _whole_name(names: Directory, chosen: Chosen) -> str:
    """A part's name; empty for everybody."""
    return next((one.branch.name for one in names.parts if one.chosen == chosen), "")


def _only(stores: Stores, names: Directory, wanted: Called, people: Sequence[Somebody]) -> Somebody:
    """The only person whom a name means. Raises Unclear, Nobody, OfTheRoster."""
    if not people:
        raise Nobody(name=wanted.words, nearest=names.nearest(wanted.words))
    there = [one for one in people if not one.gone] or people[:1]
    if len(there) > 1:
        raise Unclear(wanted, there[:MAX_CHOICES])
    if there[0].gone and any(not one.gone for one in names.shown.get(key(wanted.words), [])):
        raise OfTheRoster(name=wanted.words)
    if there[0].person is None:
        elsewhere = stores.people.called(there[0].name)
        if elsewhere and all(one.member not in (None, there[0].chosen.number) for one in elsewhere):
            raise OfTheRoster(name=wanted.words)
    return there[0]


def _seen(stores: Stores, names: Directory, member: Member) -> Somebody:
    """Somebody by an account that the platform itself names, in the group or not."""
    for one in names.people:
        if one.member is not None and one.member.id == member.id:
            return one
    person = stores.people.of_member(member.id)
    return Somebody(member, person, person is not None and person.left_on is not None)


def _of_username(stores: Stores, names: Directory, wanted: Mention) -> Somebody:
    """Raises Unclear, NeverSpoken."""
    member = stores.members.named(wanted.name)
    if member is not None and member.platform_id is not None:
        return _seen(stores, names, member)
    likely = names.likely(wanted.name)
    if likely:
        raise Unclear(wanted, likely)
    raise NeverSpoken(name=wanted.name)


def _chosen(stores: Stores, names: Directory, wanted: Chosen, group: Chat) -> tuple[Sequence[Somebody], bool]:
    """The people of a choice, as `_one` gives them. Raises NoMore if it does not exist (any more)."""
    if wanted.kind is Kind.EVERYBODY:
        return _everybody(stores, names, group), True
    if wanted.kind is Kind.BRANCH:
        part = next((one for one in names.parts if one.chosen == wanted), None)
        if part is None:
            raise NoMore
        return _within(stores, names, part.branch.id), True
    found = next((one for one in names.people if wanted in one.keys), None)
    if found is not None:
        return [found], False
    member = stores.members.look_up(MemberId(wanted.number)) if wanted.kind is Kind.MEMBER else None
    if member is None:
        raise NoMore
    return [_seen(stores, names, member)], False


def _everybody(stores: Stores, names: Directory, group: Chat) -> list[Somebody]:
    """Everybody in the group's branch on the roster; without a roster, everybody known in the group."""
    of_branch = [] if group.branch is None else _within(stores, names, group.branch)
    return of_branch or [one for one in names.people if not one.gone]


def _within(stores: Stores, names: Directory, branch: BranchId) -> list[Somebody]:
    places = set(stores.branches.subtree(branch))
    return [one for one in names.people if one.person and one.person.left_on is None and one.person.branch in places]


def accounts(stores: Stores, people: Sequence[Somebody], at: datetime) -> list[Member]:
    """The members of people. Somebody without a known account gets a stand-in until it is known."""
    waiting = [one.person for one in people if one.member is None and one.person is not None]
    known = stores.people.awaited([one.id for one in waiting])
    new = [one for one in waiting if one.id not in known]
    made = {
        person.id: who
        for person, who in zip(new, stores.members.await_named([one.name for one in new], at), strict=True)
    }
    stores.people.stand_in({person: who.id for person, who in made.items()})
    earlier = dict(zip(known, stores.members.several(list(known.values())), strict=True))
    standing = earlier | made
    found = []
    for one in people:
        if one.member is not None:
            found.append(one.member)
        elif one.person is not None:
            found.append(standing[one.person.id])
    return found
