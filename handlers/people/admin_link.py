"""The link for the first administrator, opened in a private chat."""

from functools import partial

from domain.messaging.message import Message
from domain.people import admin_link
from domain.people.admin_link import Appointed
from handlers.access import PrivateOnly
from handlers.context import Context
from handlers.feature import Feature

PREFIX = "admin-"  # the payload of the deep link, before its token


async def start(context: Context, payload: str) -> bool:
    """Handle the deep link. Raises PrivateOnly in a group, where others would read it."""
    if not payload.startswith(PREFIX):
        return False
    if context.actor.chat.is_group:
        raise PrivateOnly
    token = payload.removeprefix(PREFIX)
    await context.answer(partial(admin_link.open_link, actor=context.actor, token=token), say_appointed)
    return True


def say_appointed(_: Appointed) -> Message:
    """What the first administrator does first."""
    return Message("admin_link.appointed")


FEATURE = Feature("admin_link", start=start)
