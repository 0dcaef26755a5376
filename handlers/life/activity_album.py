"""Photos of activities in chat: replies to the card, photos in private, the album that is posted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ActivityId
from domain.life.activity import album, looking
from domain.messaging.message import MAX_ALBUM, Action, Button, Message, Reaction, Text, in_rows
from domain.people.permission import Permission
from handlers import pages
from handlers.command import PrivatePress
from handlers.life import activity_photos
from handlers.life.groups import in_group_of

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.activity.album import Album
    from domain.messaging.message import Subject
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

OWN = Permission.SEE_OWN
LISTED = 30  # photos with a button each


async def hears(context: Context) -> bool:
    """A photo in the group that replies to an activity's card; whether it was one."""
    said = context.message
    if said is None or not said.photo or said.reply_to_message is None:
        return False
    subject = await _about(context, said.reply_to_message.message_id)
    if subject is None or subject.kind != "activity":
        return False
    best, number = said.photo[-1], ActivityId(subject.ids[0])
    use_case = partial(album.keep, actor=context.actor, number=number, file=best.file_id, same=best.file_unique_id)
    await context.answer(use_case, lambda count: Reaction(Message("activity.photo_kept", {"count": count})))
    return True


async def _about(context: Context, message: int) -> Subject | None:
    chat = context.actor.chat.id
    return await context.read(lambda stores: stores.outbox.subject(chat, message))


async def take_reply(context: Context) -> None:
    """A photo in private that replies to a message about an activity. Raises BadArguments for other replies."""
    said = context.message
    answered = said.reply_to_message if said is not None else None
    subject = await _about(context, answered.message_id) if answered is not None else None
    if subject is not None:
        await activity_photos.keep_photo(context, ActivityId(subject.ids[0]))


async def press_photos(_: Update, context: Context) -> None:
    """Button of the questions afterwards: send photos."""
    await activity_photos.begin_photos(context, ActivityId(context.pressed.numbers(1)[0]))
    context.acknowledge()


async def press_done(_: Update, context: Context) -> None:
    """Button: all photos were sent."""
    await activity_photos.end_photos(context, ActivityId(context.pressed.numbers(1)[0]))
    context.acknowledge()


async def press_back(_: Update, context: Context) -> None:
    """Button: take one's own photos back."""
    number = ActivityId(context.pressed.numbers(1)[0])
    use_case = partial(album.forget_mine, actor=context.actor, number=number)

    def unit(stores: Stores) -> None:
        activity = use_case(stores)
        message = activity_photos.say_photos(activity, 0, context.actor.member.id)
        subject = activity_photos.subject_of(number, context.actor.member.id)
        stores.outbox.edit(subject, message, key=f"{context.key}:{subject}")

    await context.run(unit)
    context.acknowledge()


async def _manager(context: Context, number: ActivityId) -> Actor:
    return await in_group_of(context, partial(looking.group_of, number=number))


async def press_album(_: Update, context: Context) -> None:
    """Button: the photos, as an album in private, and a page below it to choose from."""
    number = ActivityId(context.pressed.numbers(1)[0])
    actor, private = await _manager(context, number), context.actor.chat.id

    def found(stores: Stores) -> Album:
        shown = album.look(stores, actor, number=number)
        for place in range(0, len(shown.photos[:LISTED]), MAX_ALBUM):
            part = shown.photos[place : place + MAX_ALBUM]
            stores.outbox.send(private, album.shown(shown, part), key=f"{context.key}:{place}", urgent=True)
        return shown

    await pages.show(context, found, say_album)
    context.acknowledge()


def say_album(found: Album) -> Message:
    """Which photos go out: a button for each, in the order in which they are shown."""
    number = found.activity.id
    buttons = [
        Button(
            "activity.pick_photo_button", Action("activity.pick_photo", number, one.id), {"place": place, "photo": one}
        )
        for place, one in enumerate(found.photos[:LISTED], 1)
    ]
    post = [[Button("activity.post_album_button", Action("activity.post_album", number))]] if found.posted else []
    return Message("activity.choose_photos", {"album": found}, [*in_rows(buttons, 5), *post])


async def press_pick(_: Update, context: Context) -> None:
    """Button: a photo goes out, or does not."""
    number, photo = context.pressed.numbers(2)
    actor = await _manager(context, ActivityId(number))
    await pages.turn(context, partial(album.choose, actor=actor, number=ActivityId(number), photo=photo), say_album)


async def press_post(_: Update, context: Context) -> None:
    """Button: post the album."""
    number = ActivityId(context.pressed.numbers(1)[0])
    actor = await _manager(context, number)
    await context.notify(
        partial(album.post, actor=actor, number=number),
        lambda found: Text("activity.album_posted", {"count": len(found.posted)}),
    )


REPLIES = {activity_photos.PHOTOS: take_reply}
PRESSES = (
    PrivatePress("activity.photos", press_photos),
    PrivatePress("activity.photos_done", press_done),
    PrivatePress("activity.photos_back", press_back),
    PrivatePress("activity.album", press_album, OWN),
    PrivatePress("activity.pick_photo", press_pick, OWN),
    PrivatePress("activity.post_album", press_post, OWN),
)
