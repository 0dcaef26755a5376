"""Photos of an activity in a private chat: they are taken until somebody says that it was all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life.activity import album
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import Permission
from handlers.arguments import BadArguments
from handlers.form import Filled, Form, ends_elsewhere
from handlers.life.activity_forms import ABOUT, about
from language import activity as spoken

if TYPE_CHECKING:
    from domain.ids import ActivityId
    from domain.life.activity.model import Activity
    from domain.messaging.draft import Draft
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PHOTOS = "activity_photos"


def say_photos(activity: Activity, count: int, member: int) -> Message:
    """The one message that counts the photos that somebody sends."""
    done = Button("activity.photos_done_button", Action("activity.photos_done", activity.id))
    back = Button("activity.photos_back_button", Action("activity.photos_back", activity.id))
    rows = [[done, back]] if count else [[done]]
    return Message("activity.photos", {"activity": activity, "count": count}, rows, subject_of(activity.id, member))


def subject_of(number: int, member: int) -> Subject:
    """What that message is about."""
    return Subject(PHOTOS, number, member)


async def begin_photos(context: Context, number: ActivityId) -> None:
    """From now on photos in this private chat are of this activity. Raises what `album.takes` does."""
    actor = context.actor

    def unit(stores: Stores) -> None:
        activity = album.takes(stores, actor, number=number)
        drafts.begin(stores, actor, PHOTOS, {ABOUT: str(number)})
        subject = subject_of(number, actor.member.id)
        stores.outbox.delete(subject, key=f"{context.key}:before")
        mine = [one for one in stores.activities.photos(number) if one.member == actor.member.id]
        stores.outbox.send(
            actor.chat.id, say_photos(activity, len(mine), actor.member.id), key=context.key, urgent=True
        )

    await context.run(unit)


async def hear_photo(context: Context, draft: Draft) -> None:
    """A photo of a form that takes them until somebody says that it was all. Raises BadArguments."""
    number = about(Filled(draft))
    if context.message is not None and context.message.photo:
        await keep_photo(context, number)
        return
    if not spoken.is_done(context.text):
        raise BadArguments("activity.only_photos")
    await end_photos(context, number)


async def keep_photo(context: Context, number: ActivityId) -> None:
    """Keep the photo of the message. In private its counter is edited."""
    said, actor = context.message, context.actor
    if said is None or not said.photo:
        raise BadArguments("activity.only_photos")
    best = said.photo[-1]
    use_case = partial(album.keep, actor=actor, number=number, file=best.file_id, same=best.file_unique_id)

    def unit(stores: Stores) -> None:
        count = use_case(stores)
        activity = stores.activities.get(number)
        if activity is not None:
            message = say_photos(activity, count, actor.member.id)
            subject = subject_of(number, actor.member.id)
            if stores.outbox.stands(subject):
                stores.outbox.edit(subject, message, key=f"{subject}:{best.file_unique_id}")
            else:
                stores.outbox.send(actor.chat.id, message, key=context.key, urgent=True)

    await context.run(unit)


async def end_photos(context: Context, number: ActivityId) -> None:
    """That was all: the counter loses its buttons, and what is typed next means something else again."""
    actor = context.actor

    def unit(stores: Stores) -> None:
        drafts.give_up(stores, actor)
        activity = stores.activities.get(number)
        if activity is not None:
            count = sum(one.member == actor.member.id for one in stores.activities.photos(number))
            subject = subject_of(number, actor.member.id)
            message = Message("activity.photos_kept", {"activity": activity, "count": count}, (), subject)
            stores.outbox.edit(subject, message, key=f"{context.key}:{subject}")

    await context.run(unit)


TAKES_PHOTOS = Form(PHOTOS, (), Permission.TAKE_PART, ends_elsewhere, hear=hear_photo)
