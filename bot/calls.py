"""The calls to the platform that a row of the outbox stands for."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ParseMode, PollType
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot import captions
from domain.messaging.composing import ALBUM, ATTACHED, LINK
from domain.messaging.delivery import Call, Delivery, Receipt
from domain.messaging.message import AttachedKind
from domain.messaging.poll import LastCount, PollGone, Tally
from handlers.origin import deep_link
from handlers.veil import unveil, unveil_text

FILE_NAME = "picture.png"
GRACE = 30  # seconds in which we close a poll, with its last count, before it closes by itself
MAX_PROMPT_CHARS = 64  # the platform's limit
PERSON = re.compile(r'href="person:(\d+)"')
NO_FILE = re.compile(r"(?i)file[ _](identifier|id|reference)|can't use file of type")  # gone, or another bot's
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
PollClosed = Callable[[Delivery, LastCount], Awaitable[None]]


class Calls:
    """Makes them, one at a time; what the platform refuses is raised as TelegramError."""

    def __init__(
        self,
        bot: ExtBot[None],
        *,
        content: Callable[[Delivery], Awaitable[bytes]],
        poll_closed: PollClosed,
        dated: Callable[[datetime], None] = lambda _: None,
    ) -> None:
        """`content` fetches what is in a file, `poll_closed` keeps the last count of a poll that was stopped.

        `dated` hears the platform's date of each message that is sent.
        """
        self._dated = dated
        self._bot = bot
        self._content = content
        self._poll_closed = poll_closed
        self._calls: dict[Call, Callable[[Delivery], Awaitable[Receipt]]] = {
            Call.SEND: self._send,
            Call.SEND_POLL: self._send_poll,
            Call.SEND_DOCUMENT: self._send_document,
            Call.EDIT: self._edit,
            Call.CLOSE_POLL: self._close_poll,
            Call.DELETE: self._delete,
            Call.REACT: self._react,
        }

    async def make(self, row: Delivery, picture: bytes | None = None) -> Receipt:
        """Make a row's call; with a picture (PNG) where it has one."""
        if picture is None:
            return await self._calls[row.call](row)
        return await (self._send_picture if row.call is Call.SEND else self._edit_picture)(row, picture)

    async def _send(self, row: Delivery) -> Receipt:
        attached, album = row.body.get(ATTACHED), row.body.get(ALBUM, ())
        if (attached is not None or album) and captions.fits(row.body["text"]):
            try:
                return await self._send_kept(row, attached, album)
            except BadRequest as error:
                if not NO_FILE.search(error.message):
                    raise
        sent = await self._bot.send_message(
            row.place,
            _html(self._text(row.body)),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=self._markup(row.body),
            **_place(row.body),
        )
        self._dated(sent.date)
        return Receipt(sent.message_id)

    async def _send_picture(self, row: Delivery, picture: bytes) -> Receipt:
        sent = await self._bot.send_photo(
            row.place,
            picture,
            filename=FILE_NAME,
            caption=_html(self._text(row.body)),
            parse_mode=ParseMode.HTML,
            reply_markup=self._markup(row.body),
            **_place(row.body),
        )
        self._dated(sent.date)
        return Receipt(sent.message_id, has_picture=True)

    async def _send_kept(self, row: Delivery, attached: Mapping[str, str] | None, album: Sequence[str]) -> Receipt:
        """Send what the platform keeps: a file, or photos as one album; a single photo is no album."""
        if len(album) > 1:
            return await self._send_album(row, album)
        return await self._send_attached(row, attached or {"kind": AttachedKind.PICTURE, "id": album[0]})

    async def _send_attached(self, row: Delivery, attached: Mapping[str, str]) -> Receipt:
        """Send a file that the platform keeps, with the text as its caption."""
        shared: dict[str, Any] = {"caption": _html(self._text(row.body)), "parse_mode": ParseMode.HTML}
        shared |= {"reply_markup": self._markup(row.body), **_place(row.body)}
        if attached["kind"] == AttachedKind.PICTURE:
            sent = await self._bot.send_photo(row.place, attached["id"], **shared)
        else:
            sent = await self._bot.send_document(row.place, attached["id"], **shared)
        self._dated(sent.date)
        return Receipt(sent.message_id, has_picture=True)

    async def _send_album(self, row: Delivery, photos: Sequence[str]) -> Receipt:
        """Send photos that the platform keeps as one, with the text below them."""
        caption = _html(self._text(row.body))
        media = [InputMediaPhoto(one) for one in photos[1:]]
        first = InputMediaPhoto(photos[0], caption, ParseMode.HTML)
        sent = await self._bot.send_media_group(row.place, [first, *media], **_place(row.body))
        self._dated(sent[0].date)
        return Receipt(sent[0].message_id, has_picture=True)

    async def _send_poll(self, row: Delivery) -> Receipt:
        body = row.body
        quiz: dict[str, Any] = {}
        if body["correct"] is not None:
            quiz = {
                "type": PollType.QUIZ,
                "correct_option_ids": [body["correct"]],
                "explanation": body["explanation"] or None,
            }
        sent = await self._bot.send_poll(
            row.place,
            body["question"],
            body["options"],
            is_anonymous=body["anonymous"],
            allows_multiple_answers=body.get("multiple") or None,  # earlier versions have queued none
            close_date=body["closes_at"] and body["closes_at"] + GRACE,
            protect_content=True,  # forwarded, it would collect the votes of others
            reply_markup=self._markup(body) if "buttons" in body else None,
            **quiz,
            **_place(body),
        )
        self._dated(sent.date)
        return Receipt(sent.message_id, sent.poll.id if sent.poll else None)

    async def _send_document(self, row: Delivery) -> Receipt:
        content = await self._content(row)
        if row.body.get("veiled"):
            content = unveil(content, self._bot.token)
        sent = await self._bot.send_document(
            row.place,
            content,
            filename=row.body["name"],
            caption=_html(row.body["text"]),
            parse_mode=ParseMode.HTML,
            disable_content_type_detection=True,
            **_place(row.body),
        )
        self._dated(sent.date)
        return Receipt(sent.message_id)

    async def _edit(self, row: Delivery) -> Receipt:
        if row.target is not None:
            words, markup = _html(row.body["text"]), self._keyboard(row.body["buttons"])
            try:
                await self._say_anew(row, row.target, words, markup)
            except BadRequest as error:
                # It may read so already: somebody was faster, or it was sent twice.
                if "not modified" not in error.message:
                    raise
        return Receipt()

    async def _say_anew(self, row: Delivery, message: int, words: str, markup: InlineKeyboardMarkup | None) -> None:
        """Give a message other words: a message with a picture has them as its caption."""
        shared: dict[str, Any] = {"parse_mode": ParseMode.HTML, "reply_markup": markup}
        if row.target_has_picture:
            await self._bot.edit_message_caption(row.place, message, caption=captions.shortened(words), **shared)
        else:
            await self._bot.edit_message_text(words, row.place, message, link_preview_options=NO_PREVIEW, **shared)

    async def _edit_picture(self, row: Delivery, picture: bytes) -> Receipt:
        """Replace a message's picture and caption; where the platform refuses that, its caption alone."""
        caption = captions.shortened(_html(row.body["text"]))
        media = InputMediaPhoto(picture, caption, ParseMode.HTML, filename=FILE_NAME)
        markup = self._keyboard(row.body["buttons"])
        if row.target is not None:
            try:
                await self._bot.edit_message_media(media, row.place, row.target, reply_markup=markup)
            except BadRequest as error:
                if "not modified" not in error.message:
                    return await self._edit(row)
        return Receipt()

    async def _close_poll(self, row: Delivery) -> Receipt:
        await self._poll_closed(row, None if row.target is None else await self._last_count(row.place, row.target))
        return Receipt()

    async def _last_count(self, chat: int, message: int) -> LastCount:
        """Stop a poll. What has closed by itself gives no count: what is known must do."""
        try:
            closed = await self._bot.stop_poll(chat, message)
        except BadRequest as error:
            return PollGone() if "not found" in error.message else None
        return Tally(tuple(option.voter_count for option in closed.options), closed.total_voter_count)

    async def _delete(self, row: Delivery) -> Receipt:
        if row.target is not None:
            try:
                await self._bot.delete_message(row.place, row.target)
            except BadRequest:  # older than 48 hours: at least its buttons go
                with suppress(BadRequest):
                    await self._bot.edit_message_reply_markup(row.place, row.target)
        return Receipt()

    async def _react(self, row: Delivery) -> Receipt:
        sign = ReactionTypeEmoji(row.body["sign"])
        await self._bot.set_message_reaction(row.place, row.body["reply_to"], [sign])
        return Receipt()

    def _text(self, body: Any) -> str:
        """The text as it is sent: with the secrets that the store does not hold."""
        text: str = body["text"]
        return unveil_text(text, self._bot.token) if body.get("veiled") else text

    def _markup(self, body: Any) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ForceReply | None:
        """The buttons, the fixed keyboard, or the markup that opens a reply for the person who is asked."""
        if body.get("keys"):
            return ReplyKeyboardMarkup(body["keys"], resize_keyboard=True, is_persistent=True)
        prompt = body.get("prompt")
        if prompt is None:
            return self._keyboard(body["buttons"])
        return ForceReply(selective=True, input_field_placeholder=prompt[:MAX_PROMPT_CHARS])

    def _keyboard(self, rows: list[list[tuple[str, str]]]) -> InlineKeyboardMarkup | None:
        if not rows:
            return None
        return InlineKeyboardMarkup([[self._button(label, action) for label, action in r] for r in rows])

    def _button(self, label: str, action: str) -> InlineKeyboardButton:
        if action.startswith(LINK):
            return InlineKeyboardButton(label, url=deep_link(self._bot.username, action.removeprefix(LINK)))
        if action.startswith("https://"):  # as versions before 0.2 have queued it
            return InlineKeyboardButton(label, url=action)
        return InlineKeyboardButton(label, callback_data=action)


def _html(text: str) -> str:
    return PERSON.sub(r'href="tg://user?id=\1"', text)


def _place(body: Any) -> dict[str, Any]:
    where: dict[str, Any] = {}
    if body["reply_to"] is not None:
        where["reply_parameters"] = ReplyParameters(body["reply_to"], allow_sending_without_reply=True)
    if body["topic"] is not None:
        where["message_thread_id"] = body["topic"]
    if body.get("silent"):
        where["disable_notification"] = True
    return where
