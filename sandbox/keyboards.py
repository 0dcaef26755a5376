"""Keyboards under messages, checked as Telegram does."""

from typing import Any

from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.markup.links import link
from sandbox.parameters import Parameters

Json = dict[str, Any]

DATA_LIMIT = 64
BUTTON_LIMIT = 100
# What a button can do, in the order in which Telegram looks for it, and the kind of value that says so.
ACTIONS: dict[str, type] = {
    "url": str,
    "callback_data": str,
    "callback_game": dict,
    "pay": bool,
    "switch_inline_query": str,
    "switch_inline_query_current_chat": str,
    "switch_inline_query_chosen_chat": dict,
    "login_url": dict,
    "web_app": dict,
    "copy_text": dict,
}
LOOKS = ("icon_custom_emoji_id", "style")
STYLES = frozenset({"danger", "primary", "success"})
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
    action = next((name for name in ACTIONS if button.get(name) is not None), None)
    if action is None:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    looks = {name: button[name] for name in LOOKS if isinstance(button.get(name), str)}
    if looks.get("style", "danger") not in STYLES:
        raise bad_request("can't parse inline keyboard button: Invalid button style specified")
    return {"text": text} | looks | {action: _checked(action, button[action], chat)}


def _checked(action: str, value: Any, chat: Chat) -> Any:
    if action == "callback_data" and not (isinstance(value, str) and 1 <= _size(value) <= DATA_LIMIT):
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        return _address(value)
    if not isinstance(value, ACTIONS[action]):
        raise bad_request(f'can\'t parse inline keyboard button: Field "{action}" must be of another type')
    if action == "web_app" and not chat.is_private:
        raise bad_request("BUTTON_TYPE_INVALID")
    return value


def _size(data: str) -> int:
    return len(data.encode(errors="surrogatepass"))


def _address(url: Any) -> str:
    """A button's address as Telegram gives it back."""
    found = link(str(url))
    if found is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return str(found[1]["url"])
