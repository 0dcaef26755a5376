"""Messages without a command: answers to the bot's questions, and messages that a feature recognises."""

from functools import partial
from typing import TYPE_CHECKING

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from domain.ids import DraftId
from domain.messaging.draft import Draft, NotYourDraft
from domain.messaging.message import Subject
from domain.people.actor import Actor
from handlers.context import Context
from handlers.feature import Feature
from handlers.messaging import form, words

if TYPE_CHECKING:
    from domain.stores import Stores


async def hear(_: Update, context: Context) -> None:
    """Handle a message, or ignore it; in private it is always answered."""
    said = context.incoming.message  # None for an edit
    answered = context.message.reply_to_message if context.message else None
    meant = partial(_find_meaning, actor=context.actor, answered=answered, said=said, source=context.source)
    subject, draft = await context.read(meant)
    for feature in context.services.features:
        if subject is not None and subject.kind in feature.replies:
            await feature.replies[subject.kind](context)
            return
    if draft is not None and not (said is not None and said.forward_origin and said.document is None):
        if draft.member != context.actor.member.id:
            raise NotYourDraft
        if not await words.cancels(context):
            await form.hear(context, draft)
        return
    for feature in context.services.features:
        if feature.hears is not None and await feature.hears(context):
            return
    if not await words.hear(context) and not context.actor.chat.is_group and said is not None:
        await words.not_understood(context)


async def awaits_file(context: Context) -> bool:
    """Whether the sender's open form asks for a file just now: then `hear` is meant, not who reads files."""
    member, chat = context.actor.member.id, context.actor.chat.id
    draft = await context.read(lambda stores: stores.drafts.open_of(member, chat))
    return draft is not None and form.takes_file(context, draft)


def _find_meaning(
    stores: "Stores", *, actor: Actor, answered: Message | None, said: Message | None, source: str
) -> tuple[Subject | None, Draft | None]:
    """The subject of the message that this one replies to, and the draft that it answers.

    The question that an edited message replied to may be deleted; the open draft knows whether the message answered it.
    """
    subject = stores.outbox.subject(actor.chat.id, answered.message_id) if answered else None
    if subject is not None and subject.kind == "draft":
        return subject, stores.drafts.get(DraftId(subject.ids[0]))
    if actor.chat.is_group and said is not None:
        return subject, None
    draft = stores.drafts.open_of(actor.member.id, actor.chat.id)
    is_meant = draft is not None and (said is not None or draft.has_heard(source))
    return subject, draft if is_meant else None


FEATURE = Feature(
    "speech",
    # New or edited messages, without service messages.
    handlers=(MessageHandler(filters.UpdateType.MESSAGES & ~filters.StatusUpdate.ALL, hear),),
)
