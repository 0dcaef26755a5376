"""Whether persons are ranked, in chat: two buttons on the administrator's card of today."""

from functools import partial

from telegram import Update

from domain.messaging.message import Text
from domain.people.permission import Permission
from domain.points import preset
from domain.points.preset import Preset
from handlers.command import Press
from handlers.context import Context
from handlers.feature import Feature


async def press(_: Update, context: Context) -> None:
    """Button: a preset was chosen."""
    chosen = context.pressed.having(1).member(Preset)
    await context.run(partial(preset.choose, actor=context.actor, preset=chosen))
    context.show_notice(Text("preset.chosen", {"preset": chosen}))


FEATURE = Feature("preset", handlers=(Press("preset.choose", press, Permission.CHANGE_SETTINGS),))
