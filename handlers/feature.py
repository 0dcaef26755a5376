"""What a feature contributes to the chat: its handlers, its forms, its entries in menus and in /help.

Each area lists its features in its `features.py`; `handlers` joins the lists. There is no discovery.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from telegram import Document, Update
from telegram.ext import BaseHandler

from handlers.access import Needs
from handlers.context import Context
from handlers.form import AllStores as Stores
from handlers.form import Form


class Audience(StrEnum):
    """The fixed command menus that show a command; people with a role also get their own menu."""

    EVERYBODY = "everybody"
    PRIVATE = "private"  # useful in a private chat only
    SECRETARIES = "secretaries"  # the group's administrators on the platform, who may act as secretary
    NOBODY = "nobody"  # in no menu, not even of people with a role; only in /help


class Section(StrEnum):
    """The heading of /help under which a line appears."""

    EVERYBODY = "everybody"
    IN_CHARGE = "in_charge"
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True, slots=True)
class Help:
    """The place of a line in /help; under a heading, lower numbers come first."""

    order: int
    section: Section = Section.EVERYBODY


@dataclass(frozen=True, slots=True)
class Entry:
    """A command's entry in menus and, if `help` is set, in /help.

    Its texts are named by feature and command: `task.help_task` and `task.menu_task` of the feature `task`. `name`
    replaces the command in them where one command does several things. `order` is its place in a menu, lower numbers
    first. `needs` is the permission of those who see it; `shown` tells whether it is shown at all, if that can change.
    """

    command: str
    feature: str
    needs: Needs
    order: int
    audiences: frozenset[Audience] = frozenset()
    name: str = ""
    help: Help | None = None
    shown: Callable[[Stores], bool] | None = None

    @property
    def in_own_menu(self) -> bool:
        """Whether it appears in the menus of people with a role."""
        return Audience.NOBODY not in self.audiences

    @property
    def help_text(self) -> str:
        """The name of the text of its line in /help."""
        return f"{self.feature}.help_{self.name or self.command}"

    @property
    def menu_text(self) -> str:
        """The name of the text of its line in a menu."""
        return f"{self.feature}.menu_{self.name or self.command}"


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature contributes to the chat; what it does not need stays empty.

    `start` is called with the payload of a deep link, feature by feature, until one returns true. `replies` handle
    replies to a message of the bot, by the kind of its subject. `hears` is called with messages without a command
    (建议：…), feature by feature, until one returns true. `asks_about` tells of the words of others, forwarded in
    private, whether `hears` asks about them; all that nobody asks about is refused. `takes` is called with a file in
    private and its content, feature by feature, until one returns true: by the content it tells whether it is meant.
    """

    name: str
    handlers: tuple[BaseHandler[Update, Context, None], ...] = ()
    entries: tuple[Entry, ...] = ()
    start: Callable[[Context, str], Awaitable[bool]] | None = None
    replies: Mapping[str, Callable[[Context], Awaitable[None]]] = field(default_factory=dict)
    hears: Callable[[Context], Awaitable[bool]] | None = None
    asks_about: Callable[[str], bool] | None = None
    forms: tuple[Form, ...] = ()
    takes: Callable[[Context, Document, bytes], Awaitable[bool]] | None = None


def declared_in(names: Mapping[str, object]) -> tuple[Feature, ...]:
    """The features of all modules in a namespace, in its order: an area's list is what its `features.py` imports."""
    found = (getattr(one, "FEATURE", None) for one in names.values())
    return tuple(one for one in found if isinstance(one, Feature))
