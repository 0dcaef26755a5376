"""Three branches with secretaries, and a rubric, for tests of cross-inspection."""

from typing import Any

from domain.ids import InspectionId, InspectionRoundId, MemberId
from domain.life.inspection.model import Inspection, Party, Round
from domain.life.inspection.rubric import Balance, Item, Rubric
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.people.person import Entry

NAMES = ("一支部", "二支部", "三支部")
RUBRIC = Rubric(
    "党建互查",
    (Item("三会一课", 10, "看台账", "纪要", "组织生活"), Item("党费收缴", 5, "看登记"), Item("意见答复", 5, "看建议")),
    Balance.NONE,
)
TOML = """title = "党建互查"
balance = "none"

[[criterion]]
section = "组织生活"
title = "三会一课"
points = 10
check = "看台账"
evidence = "纪要"

[[criterion]]
title = "党费收缴"
points = 5
check = "看登记"
"""


def set_up(stores: Any, people: list[Any], at: Any, names: tuple[str, ...] = NAMES) -> list[Any]:
    """A committee with a branch for each of some accounts, each its secretary. The branches."""
    top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
    made = [branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name=name) for name in names]
    for branch, person in zip(made, people, strict=True):
        (known,) = stores.people.add([Entry(f"n{branch.id}", person.name, branch.id, "书记")])
        member = stores.members.find(person.platform_id) or stores.members.add(
            PersonProfile(person.platform_id, person.name), at
        )
        stores.people.link(known.id, member.id)
        stores.grants.add(member, Role.SECRETARY, Area(branch=branch.id), None, at)
    return made


def inspection(stores: Any, by: Any, of: Any, inspector: MemberId, at: Any) -> Inspection:
    """A round that goes on, with one inspection."""
    kept = stores.inspections.bring(RUBRIC, 1, None, at)
    new = Round(InspectionRoundId(0), kept, inspector, at.date(), at.date(), 1, at)
    round_ = stores.inspections.add_round(new, f"test:{by.id}:{of.id}")
    one = Inspection(InspectionId(0), round_.id, Party(by.id, by.name), Party(of.id, of.name), inspector)
    stores.inspections.add([one])
    made: Inspection = stores.inspections.of_round(round_.id)[0]
    return made
