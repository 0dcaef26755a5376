"""Review: what was not known comes back in private, at most five questions a day, until it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.people.permission import Permission, require
from domain.study.asking import sheet
from domain.study.attempt import Occasion, OccasionKind
from domain.study.review.model import MAX_REVIEWS_PER_DAY, NotHere, Review
from domain.study.review.rating import comes_back, ends, rating_of
from domain.study.review.schedule import after

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.study.attempt import Attempt
    from domain.study.features import Stores
    from domain.study.question import StoredQuestion


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody's review stands on a day: what is `left` of it, how many they have `done`.

    `next_on` is the day of the next one, today where more than a day's share is due.
    """

    day: date
    left: int
    done: int
    next_on: date | None
    is_paused: bool


def day_of(stores: Stores, member: MemberId, at: datetime) -> date:
    """The day where somebody is at home; of who has no home the enterprise's."""
    home = stores.members.home(member)
    if home is not None:
        return stores.chats.get(home).day(at)
    return at.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date()


def occasion(stores: Stores, member: MemberId, day: date) -> Occasion:
    """What the questions of somebody's review are asked for: its day."""
    return Occasion(OccasionKind.REVIEW, day.toordinal(), stores.members.home(member))


def note(stores: Stores, attempt: Attempt) -> None:
    """An answer on any occasion tells whether its question comes back, and when; what was known at once does not."""
    stored = stores.questions.get(attempt.question)
    if stored is None or not stores.members.get(attempt.member).is_person:
        return
    known, rating = stores.reviews.get(attempt.member, attempt.question), rating_of(attempt, stored.question)
    if not comes_back(rating) and (known is None or known.known_on is not None):
        return
    day = day_of(stores, attempt.member, attempt.at)
    before = known.memory if known is not None and known.version == stored.version else None  # else it is learnt anew
    memory = after(before, rating, day)
    known_on = day if ends(rating, memory) else None
    stores.reviews.save(Review(attempt.member, attempt.question, stored.version, memory, known_on))
    stores.hooks.changed(attempt.member, f"review:{attempt.question}:{day}", attempt.at)


def due(stores: Stores, member: MemberId, day: date) -> list[StoredQuestion]:
    """What somebody is to be asked on a day, as many as are left of its share; nothing while they have paused."""
    if stores.reviews.is_paused(member):
        return []
    found = (stores.questions.get(one.question) for one in _due(stores, member, day))
    return [one for one in found if one is not None]


def _due(stores: Stores, member: MemberId, day: date) -> list[Review]:
    done = _done(stores, member, day)
    return stores.reviews.due(member, day, MAX_REVIEWS_PER_DAY - done) if done < MAX_REVIEWS_PER_DAY else []


def _done(stores: Stores, member: MemberId, day: date) -> int:
    return len(stores.attempts.on(OccasionKind.REVIEW, day.toordinal(), member))


def standing(stores: Stores, member: MemberId, day: date) -> Standing:
    """How somebody's review stands on a day."""
    next_on = stores.reviews.next_on(member)
    return Standing(
        day,
        left=len(_due(stores, member, day)),
        done=_done(stores, member, day),
        next_on=None if next_on is None else max(next_on, day),
        is_paused=stores.reviews.is_paused(member),
    )


def begin(stores: Stores, actor: Actor, *, key: str) -> Standing:
    """Ask the first question of one's own review in private, if there is one; how it stands. Raises NotHere."""
    require(stores, actor, Permission.TAKE_PART)
    own = actor.member.id
    if actor.chat.is_group:
        raise NotHere
    day = day_of(stores, own, actor.now)
    first = next(iter(due(stores, own, day)), None)
    if first is not None:
        about = occasion(stores, own, day)
        sheet.ask(stores, own, first, about, chat=actor.chat.id, key=key, at=actor.heard_at)
    return standing(stores, own, day)


def pause(stores: Stores, actor: Actor) -> Standing:
    """Be asked no more, until `resume`. What comes back meanwhile waits."""
    require(stores, actor, Permission.TAKE_PART)
    day = day_of(stores, actor.member.id, actor.now)
    stores.reviews.pause(actor.member.id, day)
    stores.hooks.changed(actor.member.id, f"review:paused:{actor.now.timestamp()}", actor.heard_at)
    return standing(stores, actor.member.id, day)


def resume(stores: Stores, actor: Actor) -> Standing:
    """Be asked again."""
    require(stores, actor, Permission.TAKE_PART)
    stores.reviews.resume(actor.member.id)
    stores.hooks.changed(actor.member.id, f"review:resumed:{actor.now.timestamp()}", actor.heard_at)
    return standing(stores, actor.member.id, day_of(stores, actor.member.id, actor.now))
