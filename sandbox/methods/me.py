"""What a bot says about itself: getMe, its commands, its menu button."""

import re
from typing import Any

from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.methods.request import Access, Json, Request
from sandbox.parameters import Parameters
from sandbox.people import Bot, User

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
COMMANDS_LIMIT = 100
DESCRIPTION_LIMIT = 256
PLAIN_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def get_me(request: Request) -> Json:
    """The bot's own account."""
    return request.bot.as_me()


def set_my_commands(request: Request) -> bool:
    """Commands for one scope and one language; none takes them away."""
    commands = request.given.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    request.bot.commands[_scope(request), _language(request.given)] = [_command(entry) for entry in commands]
    return True


def get_my_commands(request: Request) -> list[Json]:
    """The commands of exactly one scope and language."""
    return request.bot.commands.get((_scope(request), _language(request.given)), [])


def delete_my_commands(request: Request) -> bool:
    """Let the next wider scope show."""
    request.bot.commands.pop((_scope(request), _language(request.given)), None)
    return True


def commands_for(bot: Bot, chat: Chat, person: User) -> list[Json]:
    """The commands that a person's menu shows in a chat: of the narrowest scope that has any, in their language."""
    language = (person.language_code or "")[:2]
    for scope in _scopes(chat, person):
        for wanted in dict.fromkeys((language, "")):
            if found := bot.commands.get((scope, wanted)):
                return found
    return []


def set_chat_menu_button(request: Request) -> bool:
    """The button beside the writing line, of one private chat or of all."""
    button = request.given.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("MenuButton must be an Object")
    request.bot.menu_buttons[_menu_chat(request)] = _menu_button(button)
    return True


def get_chat_menu_button(request: Request) -> Json:
    """The button of one private chat, or the one of all."""
    buttons = request.bot.menu_buttons
    return buttons.get(_menu_chat(request)) or buttons.get(None) or {"type": "commands"}


def _menu_button(button: Json) -> Json:
    kind = str(button.get("type"))
    if kind in {"default", "commands"}:
        return {"type": kind}
    if kind != "web_app":
        raise bad_request("MenuButton has unsupported type")
    text, app = button.get("text"), button.get("web_app")
    if not isinstance(text, str) or not isinstance(app, dict) or not isinstance(app.get("url"), str):
        raise bad_request('can\'t parse MenuButton: Can\'t find field "text" or "web_app"')
    return {"type": kind, "text": text, "web_app": {"url": app["url"]}}


def _menu_chat(request: Request) -> int | None:
    return request.chat(Access.READ).id if request.given.has("chat_id") else None


def _command(entry: Any) -> Json:
    if not isinstance(entry, dict) or not isinstance(entry.get("command"), str):
        raise bad_request("can't parse BotCommand: expected an Object")
    if not COMMAND.fullmatch(entry["command"]):
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(entry.get("description") or "").strip()
    if not 1 <= len(description) <= DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": entry["command"].removeprefix("/"), "description": description}


def _language(given: Parameters) -> str:
    return given.text("language_code")


def _scope(request: Request) -> str:
    scope = request.given.json("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("BotCommandScope must be an Object")
    kind = str(scope.get("type"))
    if kind in PLAIN_SCOPES:
        return kind
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = Request(request.world, request.bot, Parameters(scope)).chat(Access.READ)
    user = f":{scope.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat.id}{user}"


def _scopes(chat: Chat, person: User) -> list[str]:
    """The scopes that hold for a person in a chat, the narrowest first."""
    if chat.is_private:
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    rules = chat.member(person).rules
    return [
        f"chat_member:{chat.id}:{person.id}",
        *([f"chat_administrators:{chat.id}"] if rules else []),
        f"chat:{chat.id}",
        *(["all_chat_administrators"] if rules else []),
        "all_group_chats",
        "default",
    ]
