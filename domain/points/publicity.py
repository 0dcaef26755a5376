"""Publicity (公示): a settlement on show in the groups, each by its own ranking, until it is final or cancelled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Ranking
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import SettlementId
from domain.messaging.administrators import private_chats
from domain.messaging.message import Action, Button, DeepLink, Message, Subject
from domain.points import settlement
from domain.points.board import BOARD_SIZE, BranchStanding
from domain.points.due import day_of
from domain.points.settled import State
from domain.points.settlement import BEGUN, CANCELLED, FINAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.ids import BranchId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.points.board import Standing
    from domain.points.features import Stores
    from domain.points.period import Period
    from domain.points.settled import Settlement

FEW = 2  # fewer are no ranking: everybody would read one person's points


@dataclass(frozen=True, slots=True)
class Board:
    """What a group reads of a settlement: people or branches by rank, or nothing but that there is one."""

    settlement: Settlement
    standings: Sequence[Standing] = ()
    others: int = 0
    branches: Sequence[BranchStanding] = ()


def begin(stores: Stores, actor: Actor, *, period: Period) -> Settlement:
    """Settle a period and put it on show, one message a group. Raises NotEverywhere, NotOver, AlreadySettled."""
    begun = settlement.begin(stores, actor, period=period)
    counted = stores.settlements.by_branch(begun.id)
    for group in _groups(stores):
        made = board(stores, begun, group, counted)
        if made is not None:
            subject = _subject(begun, group)
            stores.outbox.send(group.id, _message(made, subject), key=str(subject))
    return begun


def cancel(stores: Stores, actor: Actor, *, number: SettlementId, reason: str) -> Settlement:
    """Take a settlement back; the groups' messages say so. Raises NotEverywhere, NoReason, NoMore, IsFinal."""
    gone = settlement.cancel(stores, actor, number=number, reason=reason)
    for group in _groups(stores):
        subject = _subject(gone, group)
        stores.outbox.edit(subject, _message(Board(gone), subject), key=f"{subject}:cancelled")
    return gone


def end(stores: Stores, slot: datetime) -> None:
    """Make final what was on show long enough and is not in question; the administrators are told once."""
    for one in settlement.due(stores, day_of(stores, slot)):
        final, changed = settlement.finish(stores, one, slot)
        counted = stores.settlements.by_branch(final.id)
        for group in _groups(stores):
            subject, made = _subject(final, group), board(stores, final, group, counted)
            if made is not None:
                stores.outbox.edit(subject, _message(made, subject), key=f"{subject}:final")
        _tell(stores, final, changed)


def _tell(stores: Stores, final: Settlement, changed: int) -> None:
    for member, chat in private_chats(stores):
        message = Message("settlement.finished", {"settlement": final, "changed": changed})
        stores.outbox.send(chat, message, key=f"settlement.finished:{final.id}:{member}")


def _groups(stores: Stores) -> list[Chat]:
    return [one for one in stores.chats.groups() if one.active and one.is_admitted]


def _subject(one: Settlement, group: Chat) -> Subject:
    return Subject("settlement", one.id, group.id)


def _message(board: Board, subject: Subject) -> Message:
    one = board.settlement
    mine = Button("settlement.mine_button", Action("settlement.mine", one.id))
    ask = Button("appeal.ask_button", DeepLink("appeal"))
    rows = {State.PROVISIONAL: [[mine, ask]], State.FINAL: [[mine]], State.CANCELLED: []}
    return Message("settlement.board", {"board": board}, rows[one.state], subject)


def board(stores: Stores, one: Settlement, group: Chat, counted: Mapping[BranchId, tuple[int, int]]) -> Board | None:
    """What a group reads; `None` where nobody in it has a score."""
    people = stores.settlements.in_group(one.id, group.id)
    if not people:
        return None
    ranking = setting.ranking_of(stores, group)
    if ranking is Ranking.BRANCH:
        return Board(one, branches=_branches(stores, group, counted))
    if ranking is Ranking.PRIVATE or people < FEW:
        return Board(one)
    found = stores.settlements.standings(one.id, group.id, 2 * BOARD_SIZE)
    best = [line for line in found if line.rank <= BOARD_SIZE]
    return Board(one, best, people - len(best))


def _branches(stores: Stores, group: Chat, counted: Mapping[BranchId, tuple[int, int]]) -> list[BranchStanding]:
    """The branches beside a group's own, with their points for each person; those without people are left out."""
    if group.branch is None:
        return []
    tree = {branch.id: branch for branch in stores.branches.all()}
    own = tree[group.branch]
    beside = {branch.id: branch.name for branch in tree.values() if branch.parent == own.parent}
    people, points = Counter[int](), Counter[int]()
    for branch, (how_many, together) in counted.items():
        top = _top(tree, branch, beside)
        if top is not None:
            people[top] += how_many
            points[top] += together
    each = {branch: round(points[branch] / people[branch], 1) for branch in beside if people[branch]}
    ranked = sorted((1 + sum(other > score for other in each.values()), branch) for branch, score in each.items())
    lines = [BranchStanding(rank, beside[branch], each[branch], branch == own.id) for rank, branch in ranked]
    return [line for line in lines if line.rank <= BOARD_SIZE or line.own][: 2 * BOARD_SIZE]


def _top(tree: Mapping[BranchId, Branch], branch: BranchId, beside: Mapping[BranchId, str]) -> BranchId | None:
    """Which of some branches another one is, or is below."""
    above = tree.get(branch)
    while above is not None and above.id not in beside:
        above = tree.get(above.parent) if above.parent is not None else None
    return None if above is None else above.id


def _called(stores: Stores, number: int) -> str | None:
    """A settlement's name in the audit log: its days."""
    found = stores.settlements.get(SettlementId(number))
    return None if found is None else f"{found.period.first}–{found.period.last}"


# When the morning's messages are out.
END = Schedule("settlement.end", cron="10 9 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "settlement",
    jobs=(EnterpriseJob(END, end, irreversible=True),),
    audit=(BEGUN, CANCELLED, FINAL),
    named={"settlement": _called},
    unlogged=settlement.unlogged,
)
