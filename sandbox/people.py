"""Who talks: people and bots."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.inbox import Inbox

Json = dict[str, Any]

TOKEN = re.compile(r"[1-9][0-9]{0,18}:\S+")

# Telegram's own account that anonymous administrators of a group seem to write from.
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@dataclass(slots=True, eq=False, kw_only=True)
class User:
    """A person, or the account of a bot. `note` is shown by the page and unknown to bots: what somebody is at work."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    note: str | None = None

    @property
    def full_name(self) -> str:
        """First and last name with a space between."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def as_dict(self) -> Json:
        """Bot API's User."""
        user = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return user | {name: value for name, value in optional.items() if value}


@dataclass(slots=True, eq=False, kw_only=True)
class Bot(User):
    """A bot: its account, what it has set up, and the updates that wait for it."""

    token: str
    can_read_all_group_messages: bool = False
    is_bot: bool = True
    inbox: Inbox = field(default_factory=Inbox)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)

    def as_me(self) -> Json:
        """Bot API's User as `getMe` gives it."""
        return self.as_dict() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.can_read_all_group_messages,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
