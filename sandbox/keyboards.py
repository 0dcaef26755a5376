"""Keyboards under messages, checked as Telegram does."""

from typing import Any

from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.markup.links import link
from sandbox.parameters import Parameters

Json = dict[str, Any]

DATA_LIMIT = 64
BUTTON_LIMIT = 100
_ACTIONS = """
    url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat
    switch_inline_query_chosen_chat copy_text callback_game pay
"""
ACTIONS = frozenset(_ACTIONS.split())
MARKUPS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")


def reply_markup(given: Parameters, chat: Chat, *, inline_only: bool = False) -> Json | None:
    """The `reply_markup` of a request, or None. Raises ApiError 400 as Telegram words it."""
    markup = given.json("reply_markup", "reply keyboard markup")
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    kind = next((name for name in MARKUPS if name in markup), None)
    if kind == "inline_keyboard":
        return _inline(markup["inline_keyboard"], chat)
    if inline_only or kind is None:
        return None
    if kind == "keyboard" and not _is_grid(markup["keyboard"]):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    return dict(markup)


def _inline(rows: Any, chat: Chat) -> Json | None:
    if not _is_grid(rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = [[_button(button, chat) for button in row] for row in rows if row]
    if sum(len(row) for row in keyboard) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": keyboard} if keyboard else None


def _is_grid(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, list) for row in rows)


def _button(button: Any, chat: Chat) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: can't find field \"text\"")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    given: Json = {name: value for name, value in button.items() if value is not None}
    if ACTIONS.isdisjoint(given):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _check(given, chat)
    return given | ({"url": _address(given["url"])} if "url" in given else {})


def _check(button: Json, chat: Chat) -> None:
    data = button.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= _size(data) <= DATA_LIMIT):
        raise bad_request("BUTTON_DATA_INVALID")
    if "web_app" in button and not chat.is_private:
        raise bad_request("BUTTON_TYPE_INVALID")


def _size(data: str) -> int:
    return len(data.encode(errors="surrogatepass"))


def _address(url: Any) -> str:
    """A button's address as Telegram gives it back."""
    found = link(str(url))
    if found is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return str(found[1]["url"])
