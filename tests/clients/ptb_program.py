"""A bare python-telegram-bot program, as that library's documentation shows one; nothing in it knows of the sandbox.

python ptb_program.py TOKEN API_ROOT polling
python ptb_program.py TOKEN API_ROOT webhook PORT
"""

import asyncio
import html
import io
import logging
import sys

from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Poll, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    PollAnswerHandler,
    PollHandler,
    filters,
)

SECRET = "ptb-secret"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> None:
    name = html.escape(update.effective_user.full_name)
    payload = " ".join(context.args)
    await update.message.reply_html(f"<b>Hello</b>, {name}! <code>{html.escape(payload)}</code>")


async def echo(update: Update, context: Context) -> None:
    await update.message.reply_text(" ".join(context.args), reply_to_message_id=update.message.message_id)


async def edited(update: Update, context: Context) -> None:
    await update.edited_message.reply_text(f"edited: {update.edited_message.text}")


async def button(update: Update, context: Context) -> None:
    row = [InlineKeyboardButton("One", callback_data="1"), InlineKeyboardButton("Site", url="https://example.org/")]
    await update.message.reply_text("Choose:", reply_markup=InlineKeyboardMarkup([row]))


async def pressed(update: Update, context: Context) -> None:
    await update.callback_query.answer(text="Noted", show_alert=True)
    await update.callback_query.edit_message_text(f"Chosen: {update.callback_query.data}")


async def poll(update: Update, context: Context) -> None:
    message = await context.bot.send_poll(
        update.effective_chat.id, "How are you?", ["Good", "Great"], is_anonymous=False, allows_multiple_answers=True
    )
    context.bot_data[message.poll.id] = message.chat.id


async def poll_answered(update: Update, context: Context) -> None:
    answer = update.poll_answer
    await context.bot.send_message(
        context.bot_data[answer.poll_id], f"{answer.user.first_name}: {list(answer.option_ids)}"
    )


async def quiz(update: Update, context: Context) -> None:
    message = await update.effective_message.reply_poll(
        "2 + 2?",
        ["3", "4"],
        type=Poll.QUIZ,
        correct_option_id=1,
        explanation="<i>Count</i>",
        explanation_parse_mode="HTML",
    )
    context.bot_data[message.poll.id] = message.chat.id


async def poll_changed(update: Update, context: Context) -> None:
    chat = context.bot_data.get(update.poll.id)
    if chat and update.poll.type == Poll.QUIZ and update.poll.total_voter_count:
        votes = [option.voter_count for option in update.poll.options]
        await context.bot.send_message(chat, f"votes: {votes}")


async def photo(update: Update, context: Context) -> None:
    largest = update.message.photo[-1]
    file = await largest.get_file()
    content = await file.download_as_bytearray()
    await update.message.reply_photo(bytes(content), caption=f"{len(content)} bytes")


async def document(update: Update, context: Context) -> None:
    file = await update.message.document.get_file()
    content = io.BytesIO()
    await file.download_to_memory(content)
    await update.message.reply_document(content.getvalue(), filename=f"copy of {update.message.document.file_name}")


async def album(update: Update, context: Context) -> None:
    await update.message.reply_media_group(
        [InputMediaPhoto(PICTURE, caption="<u>first</u>", parse_mode=ParseMode.HTML), InputMediaPhoto(PICTURE)]
    )


async def edit(update: Update, context: Context) -> None:
    message = await update.message.reply_text("draft")
    await message.edit_text("*final*", parse_mode=ParseMode.MARKDOWN_V2)


async def who(update: Update, context: Context) -> None:
    members = await update.effective_chat.get_administrators()
    count = await update.effective_chat.get_member_count()
    await update.message.reply_text(f"{len(members)} of {count}: {members[0].user.first_name}")


def application(token: str, root: str, builder: ApplicationBuilder) -> Application:
    app = builder.token(token).base_url(f"{root}/bot").base_file_url(f"{root}/file/bot").build()
    for command in (start, echo, button, poll, quiz, album, edit, who):
        app.add_handler(CommandHandler(command.__name__, command, filters.UpdateType.MESSAGE))
    app.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited))
    app.add_handler(MessageHandler(filters.PHOTO, photo))
    app.add_handler(MessageHandler(filters.Document.ALL, document))
    app.add_handler(CallbackQueryHandler(pressed))
    app.add_handler(PollAnswerHandler(poll_answered))
    app.add_handler(PollHandler(poll_changed))
    return app


async def serve(app: Application, port: int) -> None:
    """The library's example of a web server of one's own."""

    async def receive(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            return web.Response(status=403)
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return web.Response()

    server = web.Application()
    server.router.add_post("/ptb", receive)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with app:
        await app.start()
        await app.bot.set_webhook(f"http://127.0.0.1:{port}/ptb", secret_token=SECRET, allowed_updates=Update.ALL_TYPES)
        await asyncio.Event().wait()


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    token, root, mode, *rest = sys.argv[1:]
    if mode == "polling":
        application(token, root, ApplicationBuilder()).run_polling(allowed_updates=Update.ALL_TYPES)
    else:
        asyncio.run(serve(application(token, root, ApplicationBuilder().updater(None)), int(rest[0])))


if __name__ == "__main__":
    main()
