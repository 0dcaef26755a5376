"""Evidence in chat: replies to the bot's messages about tasks with words, pictures, albums, files.

收到 says that a task was seen, 完成了 finishes it. A picture in private without a reply is asked about.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram import Document

import plain
from domain.ids import EvidenceId, TaskId
from domain.messaging.message import NOWHERE, Attached, AttachedKind, Message, Reaction, Subject, Text
from domain.work import task
from domain.work.task import Evidence, EvidenceKind, gathering
from domain.work.task.evidence import MAX_TEXT_CHARS, gathered
from domain.work.task.gathering import ANCHORS
from handlers import documents
from handlers.command import Press
from handlers.origin import is_secondhand
from handlers.work import reviewing
from language import intent, result
from language.result import Answer

if TYPE_CHECKING:
    from telegram import Message as Incoming
    from telegram import Update

    from domain.work.features import Stores
    from domain.work.task import Finished
    from domain.work.task.gathering import Gathered
    from handlers.context import Context


async def hears(context: Context) -> bool:
    """Handle a reply to a message about tasks, and a picture in private; whether it was one."""
    said = context.message
    if said is None or is_secondhand(said) or _means_else(context):
        return False
    about = await _about(context, said)
    if await _takes_back(context, about):
        return True
    if about is None and not _comes_alone(context, said):
        return False
    if context.incoming.message is None:
        return await _reworded(context, said)
    if about is not None and await _says_seen_or_done(context, about):
        return True
    piece = piece_in(context, said)
    return piece is not None and await _keep(context, piece, about)


def _means_else(context: Context) -> bool:
    """Whether another feature knows these words by how they begin (建议：…), or they mean a command."""
    if any(one.asks_about is not None and one.asks_about(context.text) for one in context.services.features):
        return True
    meant = intent.read(context.text) if _has_no_file(context.message) else None
    return meant is not None and meant.sure and result.read(context.text) is None


def _has_no_file(said: Incoming | None) -> bool:
    return said is not None and not said.photo and said.document is None


async def _about(context: Context, said: Incoming) -> Subject | None:
    """The subject of the message that is replied to, if it is about tasks."""
    answered, chat = said.reply_to_message, context.actor.chat.id
    if answered is None:
        return None
    subject = await context.read(lambda stores: stores.outbox.subject(chat, answered.message_id))
    return subject if subject is not None and subject.kind in ANCHORS else None


def _comes_alone(context: Context, said: Incoming) -> bool:
    """Whether it may be evidence without a reply: a picture in private, a further one of an album, an edit."""
    is_edit = context.incoming.message is None
    is_album = said.media_group_id is not None and said.reply_to_message is None
    return is_edit or is_album or (bool(said.photo) and not context.actor.chat.is_group)


async def _takes_back(context: Context, about: Subject | None) -> bool:
    """Take a 完成 back that was pressed by mistake: 撤销完成, in private or as a reply; whether there was one."""
    number, actor = result.takes_back(context.text), context.actor
    meant = about is not None or not actor.chat.is_group
    if number is None or not meant or context.incoming.message is None or not _has_no_file(context.message):
        return False
    if not number and not await context.read(partial(task.may_undo, actor=actor)):
        return False
    await reviewing.undo_said(context, number)
    return True


async def _reworded(context: Context, said: Incoming) -> bool:
    """An edited message that was kept as evidence has other words."""
    source = context.source
    if await context.read(lambda stores: stores.evidence.kept(source)) is None:
        return False
    piece = piece_in(context, said)
    return piece is not None and await _keep(context, piece, None)


async def _says_seen_or_done(context: Context, about: Subject) -> bool:
    answer, actor = result.read(context.text), context.actor
    if answer is None or not _has_no_file(context.message):
        return False
    meant = await context.read(partial(gathering.meant, actor=actor, about=about))
    mine = [one for one in meant if one.is_begun and one.owner.id == actor.member.id]
    if answer is Answer.SEEN and mine:
        await context.answer(partial(gathering.accept, actor=actor, about=about), say_seen)
        return True
    if answer is Answer.FINISHED and len(mine) == 1:
        use_case = partial(task.finish, actor=actor, number=mine[0].id)
        await context.answer(use_case, say_finished)
        return True
    return False


def say_finished(finished: Finished) -> Reaction:
    """The answer to 完成了: in a group the card shows it."""
    return Reaction(task.say_finished(finished))


def say_seen(tasks: object) -> Reaction:
    """The answer to 收到: a sign in a group."""
    return Reaction(Message("task_review.seen"))


def piece_in(context: Context, said: Incoming) -> Evidence | None:
    """The evidence in a message; `None` for a question, and for a message without words or file.

    Raises BadArguments for a file that is too big.
    """
    words = plain.clean(context.text).strip()[:MAX_TEXT_CHARS]
    file = documents.attached(said, too_big="task_review.too_big")
    if file is None and not result.says_something(words):
        return None
    kind, attached, name = EvidenceKind.TEXT, None, ""
    if isinstance(file, Document):
        kind, attached = EvidenceKind.DOCUMENT, Attached(AttachedKind.DOCUMENT, file.file_id)
        name = documents.plain_name(file.file_name or "")
    elif file is not None:
        kind, attached = EvidenceKind.PICTURE, Attached(AttachedKind.PICTURE, file.file_id)
    by, album = context.actor.member.id, said.media_group_id or ""
    return Evidence(EvidenceId(0), None, by, context.now, kind, context.source, words, attached, name, album)


async def _keep(context: Context, piece: Evidence, about: Subject | None) -> bool:
    gather = partial(gathering.gather, actor=context.actor, piece=piece, about=about)
    if piece.album and about is None and context.actor.chat.is_group:
        by = piece.by
        if await context.read(lambda stores: stores.evidence.album(by, piece.album)) is None:
            return False  # the beginning of an album that is no reply
    elif not await context.read(partial(_is_meant, context=context, piece=piece, about=about)):
        return False

    def unit(stores: Stores) -> None:
        found = gather(stores)
        if found is not None:
            _answer(stores, context, found)

    await context.run(unit)
    return True


def _is_meant(stores: Stores, *, context: Context, piece: Evidence, about: Subject | None) -> bool:
    if stores.evidence.kept(piece.source) or (piece.album and stores.evidence.album(piece.by, piece.album)):
        return True
    return bool(gathering.meant(stores, context.actor, about))


def _answer(stores: Stores, context: Context, found: Gathered) -> None:
    """A sign in the group; what was kept is said in private, or in the group where that is not open: one message."""
    chat, private, key = context.actor.chat, context.actor.member.private, context.key
    message = gathering.say_gathered(found, context.actor)
    if chat.is_group and private is not None and found.is_new and not found.goes_on:
        stores.outbox.react(chat.id, Reaction(message), key=key, thread=context.thread)
    about = message.subject
    if about is None:
        return
    if (found.goes_on or not found.is_new) and stores.outbox.stands(about):
        stores.outbox.edit(about, message, key=f"{about}:{key}")
        return
    stores.outbox.delete(about, key=f"{about}:{key}:before")
    where = private or chat.id
    thread = context.thread if where == chat.id else NOWHERE
    stores.outbox.send(where, message, key=f"{about}:{key}", thread=thread, urgent=True)


async def press_settle(_: Update, context: Context) -> None:
    """Button: say for which task something is."""
    number = TaskId(context.pressed.having(1).number())

    def unit(stores: Stores) -> None:
        found = gathering.settle(stores, context.actor, number=number)
        loose = Subject("task_loose", context.actor.member.id)
        stores.outbox.delete(loose, key=f"{loose}:{context.key}")
        _answer(stores, context, found)

    await context.run(unit)
    context.acknowledge()


async def press_drop(_: Update, context: Context) -> None:
    """Button: what was sent was no evidence."""
    number = TaskId(context.pressed.having(1).number())

    def unit(stores: Stores) -> None:
        found = gathering.drop(stores, context.actor, number=number)
        about = gathered(found.id, context.actor.member.id)
        stores.outbox.delete(about, key=f"{about}:{context.key}:dropped")

    await context.run(unit)
    context.show_notice(Text("task_review.dropped"))


async def press_drop_loose(_: Update, context: Context) -> None:
    """Button: what was sent without saying for which task was no evidence."""
    context.pressed.having(0)

    def unit(stores: Stores) -> None:
        gathering.drop_loose(stores, context.actor)
        about = Subject("task_loose", context.actor.member.id)
        stores.outbox.delete(about, key=f"{about}:{context.key}:dropped")

    await context.run(unit)
    context.show_notice(Text("task_review.dropped"))


PRESSES = (
    Press("task.settle", press_settle),
    Press("task.drop", press_drop),
    Press("task.drop_loose", press_drop_loose),
)
