"""Cards of branches in the store on both engines."""

from datetime import date

from domain.admin.setting import Name, Scope, Where
from domain.ids import HonourId
from domain.life.branch_card.model import Card, Size
from domain.life.meeting.model import Standing
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.person import Entry
from domain.points.honour import Honour
from tests.stores import AT, LOCALE


async def test_a_card_counts_its_people_and_lists_their_honours(database):
    def unit(stores):
        group = stores.chats.add(ChatProfile(-100, ChatKind.GROUP, "甲"), LOCALE, AT)
        above = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="甲").id
        below = branches.add(stores, parent=above, kind=BranchKind.GROUP, name="乙").id
        other = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="丙").id
        entries = [Entry("1", "李伟", above), Entry("2", "王海燕", below), Entry("3", "周杰", other)]
        people = stores.people.add(entries)
        members = []
        for person in people:
            members.append(stores.members.add(PersonProfile(int(person.number), person.name), AT))
            stores.people.link(person.id, members[-1].id)
        found = [stores.branch_cards.size(above), stores.branch_cards.get(above)]
        stores.branch_cards.put(Card(above, "安全", "AgAD"), members[0].id, AT)
        stores.branch_cards.put(Card(above, "实干", ""), members[1].id, AT)
        found.append(stores.branch_cards.get(above))
        stores.people.save([_joined(person) for person in people[:1]])
        found.append(stores.branch_cards.size(above))
        stores.meetings.put_standing(people[0].id, Standing.PROBATIONARY)
        found.append(stores.branch_cards.size(above))
        stores.meetings.put_standing(people[1].id, Standing.NONE)
        found.append(stores.branch_cards.size(above))
        for member in (*members, None):
            where = below if member is None else None
            new = Honour(HonourId(0), group.id, "先锋岗", member, where, "", "好", "甲", members[0].id, AT.date(), AT)
            stores.honours.add(new, f"test:{member and member.id}")
        held = [one.holder for one in stores.branch_cards.honours(above, 9)]
        stores.settings.put(Where(Scope.MEMBER, members[0].id), Name.ON_BOARD, "no")
        return found, held, [one.holder for one in stores.branch_cards.honours(above, 9)], members

    def _joined(person):
        return type(person)(person.id, person.number, person.name, person.branch, joined_on=date(2010, 7, 1))

    found, held, shown, (li, wang, _) = await database.write(unit)
    assert found[0] == Size(2, None)
    assert (found[1].motto, found[2].motto, found[2].photo) == ("", "实干", "")
    assert found[3:] == [Size(2, 1), Size(2, 2), Size(2, 1)]
    assert held == ["乙", wang, li]
    assert shown == ["乙", wang]
