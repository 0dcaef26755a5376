"""Accounts, adjustments, questions about points, settlements, appraisals."""

from datetime import timedelta
from typing import Any

from domain.ids import AppealId, SettlementId
from domain.messaging.message import Document
from domain.people.member import Mention
from domain.people.permission import Permission
from domain.points import account, adjustment, appraisal, asking, points, publicity, reply, settled, settlement
from domain.points.adjustment import Adjusted
from domain.points.appeal import Appeal, Level
from domain.points.period import Every, containing
from tests.points.events import ON_TIME
from tests.points.schemes import activated
from tests.stores import AT
from tests.use_cases import Case, World

A_PERIOD = containing(Every.MONTH, AT.date()).before


def entry_of(world: World, member: Any) -> int:
    """The number of an entry."""
    points.award(world.stores, member, world.group, *ON_TIME, source="task:1", cause="巡检", at=world.actor.now)
    return world.stores.accounts.about(member, "task:1")[0].number


def anothers(world: World) -> dict[str, Any]:
    """An entry of somebody else in the branch."""
    return {"number": entry_of(world, world.member.id)}


def own(world: World) -> dict[str, Any]:
    """An entry of one's own."""
    return {"number": entry_of(world, world.actor.member.id)}


def own_question(world: World) -> dict[str, Any]:
    """A question about it."""
    return {**own(world), "words": "提前做完的"}


def asked(world: World) -> dict[str, Any]:
    """A question of somebody else in the branch."""
    at = world.actor.now
    made = Appeal(AppealId(0), world.member.id, None, "漏记", Level.SECRETARY, at, at.date())
    return {"number": world.stores.appeals.add(made).id}


def shown_again(world: World) -> dict[str, Any]:
    return {**asked(world), "key": "x"}


def explained(world: World) -> dict[str, Any]:
    return {**asked(world), "words": "已经记了"}


def corrected(world: World) -> dict[str, Any]:
    return {**asked(world), "done": Adjusted(world.member, 5, "漏记", 5, 1)}


def added(world: World) -> dict[str, Any]:
    return {"member": world.member.id, "points": 5, "reason": "漏记", "source": "adjustment:1"}


def recorded(world: World) -> dict[str, Any]:
    activated(world.stores)
    return {"member": world.member.id, "item": "unsafe", "reason": "未系安全带", "source": "adjustment:1"}


def begun(world: World) -> dict[str, Any]:
    """A settlement that is on show."""
    actor = world.actor
    new = settled.Settlement(
        SettlementId(0), A_PERIOD, actor.today + timedelta(days=7), actor.member.id, actor.now, 0, 0
    )
    made = world.stores.settlements.begin(new)
    assert made is not None
    return {"number": made.id}


def cancelled(world: World) -> dict[str, Any]:
    return {**begun(world), "reason": "算错了"}


def delivered(world: World) -> dict[str, Any]:
    number = begun(world)["number"]
    of = world.stores.settlements.get(number)
    return {"of": of, "document": Document("appraisal.file_name", "xlsx", b"", {"settlement": of}), "key": "x"}


def a_period(_: World) -> dict[str, Any]:
    return {"period": A_PERIOD}


def wang(_: World) -> dict[str, Any]:
    return {"mention": Mention("王海燕")}


def member_of(world: World) -> dict[str, Any]:
    return {"member": world.member.id}


OWN, ADJUST, SETTLE = Permission.SEE_OWN, Permission.ADJUST_POINTS, Permission.SETTLE_POINTS
CASES = (
    Case(account.account, OWN),
    Case(adjustment.whom, ADJUST, arguments=wang),
    Case(adjustment.items_of, ADJUST, arguments=member_of),
    Case(adjustment.item_of, ADJUST, arguments=anothers),
    Case(adjustment.add, ADJUST, arguments=added),
    Case(adjustment.recordable, ADJUST, arguments=member_of),
    Case(adjustment.record, ADJUST, arguments=recorded),
    Case(adjustment.take_back, ADJUST, arguments=lambda world: {**anothers(world), "reason": "重复"}),
    Case(asking.choices, OWN),
    Case(asking.route, OWN, arguments=own),
    Case(asking.ask, OWN, arguments=own_question),
    Case(reply.to_answer, ADJUST, arguments=asked),
    Case(reply.show, ADJUST, arguments=shown_again),
    Case(reply.explain, ADJUST, arguments=explained),
    Case(reply.correct, ADJUST, arguments=corrected),
    Case(reply.day_about, ADJUST, arguments=asked),
    Case(appraisal.choices, ADJUST, elsewhere=True),
    Case(appraisal.look, ADJUST, arguments=begun, elsewhere=True),
    Case(appraisal.deliver, ADJUST, arguments=delivered, elsewhere=True),
    Case(settlement.page, SETTLE, everywhere=True),
    Case(settlement.propose, SETTLE, arguments=a_period, everywhere=True),
    Case(settlement.begin, SETTLE, arguments=a_period, everywhere=True),
    Case(settlement.cancel, SETTLE, arguments=cancelled, everywhere=True),
    Case(settlement.cancellable, SETTLE, arguments=begun, everywhere=True),
    Case(settlement.mine, OWN, arguments=begun),
    Case(publicity.begin, SETTLE, arguments=a_period, everywhere=True),
    Case(publicity.cancel, SETTLE, arguments=cancelled, everywhere=True),
)
PARTS: dict[object, str] = {
    adjustment.require_in_charge: "asks for permission",
    adjustment.tell: "tells what a use case has done",
    reply.may_answer: "tells whether somebody may",
    settlement.require_settling: "asks for permission",
}
