"""Whether persons are ranked: the first administrator is asked once, on today's card, while the enterprise is new.

Until somebody answers, persons are ranked. An enterprise that used the program before keeps what it has.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import ENTERPRISE, Name, Ranking
from domain.feature import Feature
from domain.messaging.message import Action, Button, Text
from domain.people.permission import EVERYWHERE, Permission, allows_over
from domain.today import Part, Today

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.points.features import Stores

NEW = timedelta(days=14)  # since its first points


class Preset(StrEnum):
    """What an enterprise begins with."""

    LIGHT = "light"  # 减负: branches are ranked, persons are not
    PUBLIC = "public"


RANKINGS = {Preset.LIGHT: Ranking.BRANCH, Preset.PUBLIC: Ranking.PUBLIC}


def choose(stores: Stores, actor: Actor, *, preset: Preset) -> Preset:
    """Begin with a preset, a setting of the enterprise that /settings changes. Raises NoSuchPlace, NotAllowed."""
    setting.change(stores, actor, name=Name.RANKING, where=ENTERPRISE, words=RANKINGS[preset])
    stores.hooks.changed(actor.member.id, f"preset:{actor.heard_at.timestamp()}", actor.heard_at)
    return preset


def _ask(stores: Stores, actor: Actor) -> Part | None:
    """The question, for administrators of everything, until one of them has answered."""
    if not allows_over(stores, actor, Permission.CHANGE_SETTINGS, EVERYWHERE):
        return None
    if stores.settings.own(ENTERPRISE, Name.RANKING) is not None or not _is_new(stores, actor):
        return None
    light = Button("preset.light_button", Action("preset.choose", Preset.LIGHT))
    public = Button("preset.public_button", Action("preset.choose", Preset.PUBLIC))
    return Part(Text("preset.ask"), [[light, public]])


def _is_new(stores: Stores, actor: Actor) -> bool:
    first = stores.points.lines(0, 1)
    return not first or actor.now - first[0].entry.at < NEW


FEATURE = Feature("preset", today=(Today(15, _ask),))
