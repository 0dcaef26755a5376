"""What a feature declares to the chat: what it listens to, its forms, its place in menus and in /help.

Each area lists its features in its own `__init__`; `handlers` puts the lists together. There is no discovery.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from telegram import Update
from telegram.ext import BaseHandler

from handlers.access import Needs
from handlers.context import Context
from handlers.form import Form


class Audience(StrEnum):
    """In whose fixed menus a command stands; people with a role have menus of their own beside these."""

    EVERYBODY = "everybody"
    PRIVATE = "private"  # what makes sense alone with the bot only
    SECRETARIES = "secretaries"  # the group's administrators on the platform, who may act as secretary
    NOBODY = "nobody"  # in no menu, also not of people with a role: told in /help alone


class Section(StrEnum):
    """Under which heading of /help a line stands."""

    EVERYBODY = "everybody"
    IN_CHARGE = "in_charge"
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True, slots=True)
class Help:
    """The place of a line in /help: low ones come first under their heading."""

    order: int
    section: Section = Section.EVERYBODY


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of menus and, where it has a place there, of /help.

    Its texts are named by feature and command: `task.help_task`, `task.menu_task` are those of the
    feature `task`; `name` stands in the place of the command's where one command does several things. `order`
    is its place in a menu, low ones first.
    `told_to` is whom it is told.
    """

    command: str
    feature: str
    told_to: Needs
    order: int
    audiences: frozenset[Audience] = frozenset()
    name: str = ""
    help: Help | None = None

    @property
    def in_own_menu(self) -> bool:
        """Whether it stands in the menus of people with a role."""
        return Audience.NOBODY not in self.audiences

    @property
    def help_text(self) -> str:
        """The text of its line in /help."""
        return f"{self.feature}.help_{self.name or self.command}"

    @property
    def menu_text(self) -> str:
        """The text of its line in a menu."""
        return f"{self.feature}.menu_{self.name or self.command}"


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's part in the chat; whatever it has none of stays empty.

    `start` is tried with what a deep link carries behind /start, until one takes it. `replies` take messages that
    answer one of the bot's, by the kind of its subject. `hears` is tried with what is said without a command, as
    建议：… is, until one takes it.
    """

    name: str
    handlers: tuple[BaseHandler[Update, Context, None], ...] = ()
    entries: tuple[Entry, ...] = ()
    start: Callable[[Context, str], Awaitable[bool]] | None = None
    replies: Mapping[str, Callable[[Context], Awaitable[None]]] = field(default_factory=dict)
    hears: Callable[[Context], Awaitable[bool]] | None = None
    forms: tuple[Form, ...] = ()


def declared_in(names: Mapping[str, object]) -> tuple[Feature, ...]:
    """The features of the modules among names: an area's list is what it imports, in the order of the alphabet."""
    found = (getattr(one, "FEATURE", None) for one in names.values())
    return tuple(one for one in found if isinstance(one, Feature))
