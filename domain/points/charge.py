"""Who in charge is asked about something of a member, and their one message with what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.administrators import administrators, secretaries_among

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from domain.ids import BranchId, MemberId
    from domain.messaging.message import Message, Subject
    from domain.people.member import Member
    from domain.points.features import Stores


def reachable(members: Iterable[Member], but: MemberId) -> list[Member]:
    """Each of some members once, who can be written to, without one member."""
    return list({one.id: one for one in members if one.private is not None and one.id != but}.values())


def administrators_but(stores: Stores, but: MemberId) -> list[Member]:
    """The administrators who can be written to, without one member."""
    return reachable(administrators(stores), but)


def secretaries_above(stores: Stores, branch: BranchId | None) -> Iterator[list[Member]]:
    """The secretaries of a branch, then those of the one above it, and so on."""
    for one in () if branch is None else stores.branches.ancestors(branch):
        yield secretaries_among(stores.grants.of_branch(one.id))


def nearest(levels: Iterable[Iterable[Member]], but: MemberId) -> list[Member]:
    """Who can be written to of the first level that has somebody, without one member."""
    return next((found for level in levels if (found := reachable(level, but))), [])


def refresh(
    stores: Stores, member: Member, about: Subject, waiting: Callable[[], Message | None], *, cause: str, is_new: bool
) -> None:
    """Bring somebody's message of what waits up to date; where nothing waits any more, it goes.

    Who has none gets one only for something that `is_new`.
    """
    stands = stores.outbox.stands(about)
    if member.private is None or not (stands or is_new):
        return
    message = waiting()
    if message is None:
        stores.outbox.delete(about, key=f"{about}:{cause}")
    elif stands:
        stores.outbox.edit(about, message, key=f"{about}:{cause}")
    else:
        stores.outbox.send(member.private, message, key=f"{about}:{cause}")


def show(stores: Stores, member: Member, about: Subject, message: Message, *, key: str) -> None:
    """Send somebody's message of what waits again, in place of the one before."""
    stores.outbox.delete(about, key=f"{key}:before")
    if member.private is not None:
        stores.outbox.send(member.private, message, key=key, urgent=True)
