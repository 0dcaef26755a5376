"""A bare aiogram 3 program, as that library's documentation shows one; nothing in it knows of the sandbox.

python aiogram_program.py TOKEN API_ROOT polling
python aiogram_program.py TOKEN API_ROOT webhook PORT
"""

import asyncio
import html
import logging
import sys

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputPollOption,
    Message,
    Poll,
    PollAnswer,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

SECRET = "aiogram-secret"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)

router = Router()
chats: dict[str, int] = {}


@router.message(CommandStart())
async def start(message: Message, command: CommandObject) -> None:
    payload = html.escape(command.args or "")
    await message.answer(f"<b>Hello</b>, {html.escape(message.from_user.full_name)}! <code>{payload}</code>")


@router.message(Command("echo"))
async def echo(message: Message, command: CommandObject) -> None:
    await message.reply(command.args, parse_mode=None)


@router.edited_message()
async def edited(message: Message) -> None:
    await message.answer(f"edited: {message.text}", parse_mode=None)


@router.message(Command("button"))
async def button(message: Message) -> None:
    row = [
        InlineKeyboardButton(text="One", callback_data="1"),
        InlineKeyboardButton(text="Site", url="https://example.org/"),
    ]
    await message.answer("Choose:", reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]))


@router.callback_query()
async def pressed(query: CallbackQuery) -> None:
    await query.answer("Noted", show_alert=True)
    await query.message.edit_text(f"Chosen: {query.data}")


@router.message(Command("poll"))
async def poll(message: Message) -> None:
    options = [InputPollOption(text="Good"), InputPollOption(text="Great")]
    sent = await message.answer_poll("How are you?", options, is_anonymous=False, allows_multiple_answers=True)
    chats[sent.poll.id] = sent.chat.id


@router.poll_answer()
async def poll_answered(answer: PollAnswer, bot: Bot) -> None:
    await bot.send_message(chats[answer.poll_id], f"{html.escape(answer.user.first_name)}: {answer.option_ids}")


@router.message(Command("quiz"))
async def quiz(message: Message) -> None:
    options = [InputPollOption(text="3"), InputPollOption(text="4")]
    sent = await message.answer_poll(
        "2 + 2?",
        options,
        type="quiz",
        correct_option_ids=[1],
        explanation="<i>Count</i>",
        explanation_parse_mode="HTML",
    )
    chats[sent.poll.id] = sent.chat.id


@router.poll()
async def poll_changed(poll: Poll, bot: Bot) -> None:
    if poll.id in chats and poll.type == "quiz" and poll.total_voter_count:
        await bot.send_message(chats[poll.id], f"votes: {[option.voter_count for option in poll.options]}")


@router.message(F.photo)
async def photo(message: Message, bot: Bot) -> None:
    content = (await bot.download(message.photo[-1])).read()
    await message.answer_photo(BufferedInputFile(content, "photo.png"), caption=f"{len(content)} bytes")


@router.message(F.document)
async def document(message: Message, bot: Bot) -> None:
    content = (await bot.download(message.document)).read()
    await message.answer_document(BufferedInputFile(content, f"copy of {message.document.file_name}"))


@router.message(Command("album"))
async def album(message: Message) -> None:
    first = InputMediaPhoto(media=BufferedInputFile(PICTURE, "1.png"), caption="<u>first</u>")
    await message.answer_media_group([first, InputMediaPhoto(media=BufferedInputFile(PICTURE, "2.png"))])


@router.message(Command("edit"))
async def edit(message: Message) -> None:
    sent = await message.answer("draft")
    await sent.edit_text("*final*", parse_mode=ParseMode.MARKDOWN_V2)


@router.message(Command("who"))
async def who(message: Message, bot: Bot) -> None:
    members = await bot.get_chat_administrators(message.chat.id)
    count = await bot.get_chat_member_count(message.chat.id)
    await message.answer(f"{len(members)} of {count}: {members[0].user.first_name}")


def serve(dispatcher: Dispatcher, bot: Bot, port: int) -> None:
    async def announce(bot: Bot) -> None:
        await bot.set_webhook(
            f"http://127.0.0.1:{port}/aiogram",
            secret_token=SECRET,
            allowed_updates=dispatcher.resolve_used_update_types(),
        )

    dispatcher.startup.register(announce)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/aiogram")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    token, root, mode, *rest = sys.argv[1:]
    server = AiohttpSession(api=TelegramAPIServer.from_base(root))
    bot = Bot(token, session=server, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    if mode == "polling":
        asyncio.run(dispatcher.start_polling(bot))
    else:
        serve(dispatcher, bot, int(rest[0]))


if __name__ == "__main__":
    main()
