"""What people say without a command: answers to the bot's questions, and suggestions."""

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from domain.ids import DraftId
from domain.messaging.draft import Draft, NotYourDraft
from domain.stores import Stores
from handlers.arguments import BadArguments
from handlers.context import Context
from handlers.messaging import draft as drafts
from handlers.voice import suggestion

CORRECTED = "correction"  # as a subject: what a message corrects is known by the message itself


async def hear(_: Update, context: Context) -> None:
    """Understand a message, or let it pass; in private somebody always gets an answer."""
    subject, draft = await context.services.database.read(_meant, context=context)
    if subject and subject.startswith("suggestion.call:"):
        await suggestion.take(context, context.text)
        return
    if draft is not None:
        if draft.member != context.actor.member.id:
            raise NotYourDraft
        await drafts.go_on(context, draft)
        return
    words = suggestion.words_of(context.text)
    if words is None and subject == CORRECTED:
        words = context.text
    if words is not None:
        await suggestion.take(context, words)
    elif not context.actor.chat.is_group and context.incoming.message is not None:
        raise BadArguments("general.not_understood")


def _meant(stores: Stores, *, context: Context) -> tuple[str | None, Draft | None]:
    """What a message answers: the subject of the message that it replies to, and the draft that it belongs to."""
    chat, message = context.actor.chat, context.message
    answered = message.reply_to_message if message else None
    subject = stores.outbox.subject(chat.id, answered.message_id) if answered else None
    if subject and subject.startswith("draft:"):
        return subject, stores.drafts.get(DraftId(int(subject.partition(":")[2])))
    if not chat.is_group and context.incoming.message is not None:
        return subject, stores.drafts.open_of(context.actor.member.id, chat.id)
    if context.incoming.edited_message and stores.suggestions.made_by(context.source) is not None:
        return CORRECTED, None
    return subject, None


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What people say, new or edited; service messages are not speech."""
    return [MessageHandler(filters.UpdateType.MESSAGES & ~filters.StatusUpdate.ALL, hear)]
