"""Thanks, honours, anniversaries."""

from dataclasses import replace
from typing import Any

from domain.admin.setting import Marking
from domain.ids import HonourId
from domain.people.naming import Called, Chosen, Kind
from domain.people.permission import Permission
from domain.points import anniversary, honour, thanks
from domain.points.honour import Honour
from tests.use_cases import Case, Place, World


def wanted(_: World) -> dict[str, Any]:
    """Somebody of the group."""
    return {"wanted": [Called("王海燕")]}


def thanked(world: World) -> dict[str, Any]:
    """Thanks for something."""
    return {**wanted(world), "reason": "修好了泵", "source": "-1001/1"}


def honoured(world: World) -> dict[str, Any]:
    """A title for somebody of the group."""
    to = Chosen(Kind.MEMBER, world.member.id)
    return {"title": "先锋岗", "to": to, "citation": "零隐患", "source": "draft:1"}


def own(world: World) -> dict[str, Any]:
    """An honour of whoever asks."""
    actor = world.actor
    new = Honour(
        HonourId(0),
        world.group.id,
        "先锋岗",
        actor.member,
        None,
        "",
        "零隐患",
        "一支部",
        actor.member.id,
        actor.today,
        actor.now,
    )
    return {"number": world.stores.honours.add(new, "draft:0").id}


def of_another(world: World) -> dict[str, Any]:
    """An honour of somebody else in the group, and a reason to withdraw it."""
    number = own(replace(world, actor=replace(world.actor, member=world.member)))["number"]
    return {"number": number, "reason": "事迹不属实"}


SEE, PART, GIVE = Permission.SEE_OWN, Permission.TAKE_PART, Permission.GIVE_HONOURS
CASES = (
    Case(thanks.allowance, PART, Place.GROUP),
    Case(thanks.people, PART, Place.GROUP, wanted),
    Case(thanks.give, PART, Place.GROUP, thanked),
    Case(thanks.take_back, PART, Place.GROUP, lambda _: {"source": "-1001/1"}),
    Case(thanks.pairs, Permission.SEARCH_AUDIT, everywhere=True),
    Case(honour.titles, GIVE, Place.GROUP),
    Case(honour.give, GIVE, Place.GROUP, honoured),
    Case(honour.withdraw, GIVE, Place.GROUP, of_another),
    Case(honour.certificate, SEE, arguments=own),
    Case(honour.mine, SEE),
    Case(honour.here, PART, Place.GROUP),
    Case(anniversary.choose, SEE, arguments=lambda _: {"marking": Marking.PRIVATE}),
)
PARTS: dict[object, str] = {anniversary.tell: "a part of today's card"}
