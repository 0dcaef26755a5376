"""Photos: people send them in private or as replies to the card; they are posted together, once, as one album."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.life.activity.looking import at_stage, known
from domain.life.activity.model import PHOTOS_FOR, Activity, Photo, State
from domain.life.activity.refusing import ActivityNotFound, EnoughPhotos, NoMorePhotos, NoPhotos
from domain.messaging.message import MAX_ALBUM, Message, Subject, Thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ActivityId
    from domain.life.features import Stores
    from domain.people.actor import Actor

MAX_PHOTOS_EACH, MAX_PHOTOS = 10, 60  # of one person, and of an activity


@dataclass(frozen=True, slots=True)
class Album:
    """The photos of an activity that its organiser may choose from; `posted` are those that go out."""

    activity: Activity
    photos: Sequence[Photo]

    @property
    def posted(self) -> Sequence[Photo]:
        """The chosen ones, no more than an album holds."""
        return [one for one in self.photos if one.chosen][:MAX_ALBUM]


def takes(stores: Stores, actor: Actor, *, number: ActivityId) -> Activity:
    """The activity, if it takes photos now. Raises ActivityNotFound, NoMorePhotos."""
    activity = known(stores, actor, number=number).activity
    ended = activity.ended_at if activity.state is State.ENDED else None
    late = ended is not None and actor.now > ended + PHOTOS_FOR
    if not (activity.is_held or ended is not None) or late or activity.album_at is not None:
        raise NoMorePhotos(activity=activity)
    return activity


def keep(stores: Stores, actor: Actor, *, number: ActivityId, file: str, same: str) -> int:
    """Keep a photo; how many somebody has sent by now. Raises ActivityNotFound, NoMorePhotos, EnoughPhotos."""
    activity = takes(stores, actor, number=number)
    before = stores.activities.photos(activity.id)
    mine = [one for one in before if one.member == actor.member.id]
    if same in {one.same for one in before}:
        return len(mine)
    if len(mine) >= MAX_PHOTOS_EACH or len(before) >= MAX_PHOTOS:
        raise EnoughPhotos(most=MAX_PHOTOS_EACH)
    chosen = sum(one.chosen for one in before) < MAX_ALBUM
    stores.activities.add_photo(Photo(0, activity.id, actor.member.id, file, same, chosen, actor.heard_at))
    stores.outbox.refresh(activity.desk, key=f"photo:{same}")
    return len(mine) + 1


def forget_mine(stores: Stores, actor: Actor, *, number: ActivityId) -> Activity:
    """Take one's own photos back, before they are posted. Raises ActivityNotFound, NoMorePhotos."""
    activity = takes(stores, actor, number=number)
    stores.activities.drop_photos(activity.id, actor.member.id)
    stores.outbox.refresh(activity.desk, key=f"photos:{actor.member.id}:{actor.heard_at.timestamp()}")
    return activity


def look(stores: Stores, actor: Actor, *, number: ActivityId) -> Album:
    """What there is to choose from. Raises ActivityNotFound, ActivityOver, NoPhotos."""
    activity = at_stage(stores, actor, number, State.ENDED).activity
    photos = stores.activities.photos(activity.id)
    if not photos:
        raise NoPhotos
    return Album(activity, photos)


def choose(stores: Stores, actor: Actor, *, number: ActivityId, photo: int) -> Album:
    """A photo is posted, or is not. Raises ActivityNotFound, ActivityOver, NoPhotos."""
    album = look(stores, actor, number=number)
    found = next((one for one in album.photos if one.id == photo), None)
    if found is None:
        raise ActivityNotFound
    stores.activities.choose_photo(photo, chosen=not found.chosen)
    return look(stores, actor, number=number)


def shown(album: Album, photos: Sequence[Photo]) -> Message:
    """Photos as one album."""
    values = {"activity": album.activity, "count": len(photos)}
    return Message("activity.album", values, album=tuple(one.file for one in photos), silent=True)


def post(stores: Stores, actor: Actor, *, number: ActivityId) -> Album:
    """Post the chosen photos in the group, once, below its card. Raises ActivityNotFound, ActivityOver, NoPhotos."""
    album = look(stores, actor, number=number)
    activity = album.activity
    if activity.album_at is not None or not album.posted:
        raise NoPhotos
    stores.activities.save(replace(activity, album_at=actor.heard_at))
    about = Subject("activity_album", activity.id)
    thread = Thread(reply_to=stores.outbox.message_about(activity.card))
    message = replace(shown(album, album.posted), subject=about)
    stores.outbox.send(activity.group, message, key=str(about), thread=thread, urgent=True)
    for one in (activity.card, activity.desk):
        stores.outbox.refresh(one, key=f"{one}:album")
    return album
