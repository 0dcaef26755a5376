"""Lean figures in chat: a button under /summary in private, and the page behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission
from domain.work.lean import service as lean
from domain.work.lean.service import SPANS
from handlers import access, pages
from handlers.command import PrivatePress
from handlers.feature import Feature

if TYPE_CHECKING:
    from telegram import Update

    from domain.work.lean.service import Page
    from handlers.context import Context

SEE, OWN = Permission.SEE_SUMMARY, Permission.SEE_OWN


async def press_show(_: Update, context: Context) -> None:
    """Button under /summary: the figures of a group, in a message of their own."""
    there = await access.where_pressed(context, SEE, context.pressed.having(1).number())
    await pages.show(context, partial(lean.show, actor=there), say_page)
    context.acknowledge()


async def press_span(_: Update, context: Context) -> None:
    """Button: the figures of more or fewer days, in place of these."""
    number, days = context.pressed.numbers(2)
    there = await access.where_pressed(context, SEE, number)
    await pages.turn(context, partial(lean.show, actor=there, days=days), say_page)


def say_page(page: Page) -> Message:
    """The figures with their picture; buttons to other spans, and to something that makes them better."""
    spans = [
        Button("lean.span_button", Action("lean.span", page.group, days), {"days": days})
        for days in SPANS
        if days != page.days
    ]
    more = [Button("lean.improve_button", Action("measure.new", page.group))] if page.may_plan else []
    rows = [row for row in (spans, more) if row]
    return Message("lean.page", {"report": page.report}, rows, picture=page.report.picture)


FEATURE = Feature(
    "lean",
    handlers=(
        PrivatePress("lean.show", press_show, OWN),
        PrivatePress("lean.span", press_span, OWN),
    ),
)
