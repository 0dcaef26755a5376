"""Cross-inspection in the store on both engines: versions, two at once, corrections, leavers, closed branches."""

from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from domain.life.inspection import (
    answering,
    assigning,
    closing,
    keeping,
    opening,
    overview,
    progress,
    recusing,
    scoring,
)
from domain.life.inspection.model import Publish, Stage
from domain.life.inspection.opening import NotPaired, Wish
from domain.life.inspection.pairing_rules import Rule
from domain.life.inspection.reporting import EXPORT, SECTION
from domain.life.inspection.rubric import Item
from domain.life.inspection.today import tell
from domain.life.inspection.wrong import (
    AlreadyAnswered,
    CannotInspect,
    Incomplete,
    InspectionNotFound,
    NoReason,
    NothingChanged,
    NotReady,
    NotScoring,
    NotTheOffice,
    RoundNotFound,
    RoundOver,
    WrongDays,
)
from domain.life.rectification.model import Source
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.message import Attached, AttachedKind
from domain.people import branch as tree
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Role
from domain.people.person import Entry
from domain.reporting import Span, Week
from tests.life.inspections import RUBRIC, set_up
from tests.stores import AT, LOCALE, queued

DAY = timedelta(days=1)
PHOTO = Attached(AttachedKind.PICTURE, "AgAD")


@dataclass
class Office:
    """Four branches with secretaries; whoever runs rounds; the first branch has a group."""

    branches: list[Any]
    secretaries: list[Actor]
    chief: Actor
    group: Any

    def at(self, place: int, at: Any) -> Actor:
        return replace(self.secretaries[place], now=at)


def in_private(stores: Any, number: int, name: str) -> Actor:
    member = stores.members.find(number) or stores.members.add(PersonProfile(number, name), AT)
    chat = stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, name), LOCALE, AT)
    member = replace(member, private=chat.id)
    stores.members.save(member)
    return Actor(member, chat, AT)


def made(stores: Any) -> Office:
    names = ("一支部", "二支部", "三支部", "四支部")
    people = [SimpleNamespace(platform_id=10 + place, name=f"书记{place}") for place in range(4)]
    branches = set_up(stores, people, AT, names)
    secretaries = [in_private(stores, one.platform_id, one.name) for one in people]
    chief = in_private(stores, 1, "办公室")
    stores.grants.add(chief.member, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
    group = stores.chats.add(ChatProfile(-100, ChatKind.GROUP, "一支部"), LOCALE, AT)
    tree.bind(stores, chat=group, branch=branches[0].id)
    return Office(branches, secretaries, chief, stores.chats.get(group.id))


@pytest.fixture
async def office(database: Any) -> Office:
    found: Office = await database.write(made)
    return found


def wish(stores: Any, office: Office, **more: Any) -> Wish:
    keeping.carry_out(stores, rubric=RUBRIC, by=None, at=AT)
    rubric = stores.inspections.rubrics()[0].id
    day = AT.date()
    return replace(Wish(rubric, day, day + 9 * DAY, 7, tuple(one.id for one in office.branches)), **more)


def opened(stores: Any, office: Office, source: str = "draft:1", **more: Any) -> Any:
    return opening.open_(stores, office.chief, wish=wish(stores, office, **more), source=source)


def inspector_of(office: Office, one: Any) -> Actor:
    return next(actor for actor in office.secretaries if actor.member.id == one.inspector)


def secretary_of(office: Office, one: Any) -> Actor:
    return office.secretaries[[branch.id for branch in office.branches].index(one.of.id)]


def scored(stores: Any, office: Office, one: Any, *points: int) -> Any:
    actor = inspector_of(office, one)
    for item, given in enumerate(points, 1):
        scoring.score(stores, actor, number=one.id, item=item, points=given)
    return scoring.hand_in(stores, actor, number=one.id)


async def test_a_round_is_opened_once_and_each_inspector_has_one_message(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        first = opened(stores, office)
        assert opened(stores, office) == first
        found = stores.inspections.of_round(first.id)
        assert len(found) == len({one.of.id for one in found}) == len({one.by.id for one in found}) == 4
        assert sum(str(one.subject).startswith("inspection:") for one in queued(stores)) == 4
        assert stores.inspections.before(AT.date()) == {(one.by.id, one.of.id) for one in found}
        again = opening.outline(stores, office.chief, wish=wish(stores, office))
        assert not {(one.by.id, one.of.id) for one in again.pairs} & stores.inspections.before(AT.date())
        with pytest.raises(NotTheOffice):
            opening.open_(stores, office.secretaries[0], wish=wish(stores, office), source="draft:2")
        with pytest.raises(WrongDays):
            opened(stores, office, "draft:3", until=AT.date() - DAY)
        with pytest.raises(NotPaired) as refusal:
            opened(stores, office, "draft:4", branches=tuple(one.id for one in office.branches[:2]))
        assert refusal.value.values["reasons"][0].rule is Rule.FEW

    await database.write(unit)


async def test_a_round_keeps_the_version_of_its_rubric(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        round_ = opened(stores, office)
        changed = replace(RUBRIC, items=(*RUBRIC.items[:2], Item("新项", 3, "看")))
        change = keeping.carry_out(stores, rubric=changed, by=None, at=AT)
        assert (change.added, change.removed, change.rounds, change.version) == (["新项"], ["意见答复"], 1, 2)
        assert stores.inspections.round(round_.id).rubric == RUBRIC
        assert [one.version for one in stores.inspections.rubrics()] == [2]
        assert keeping.carry_out(stores, rubric=changed, by=None, at=AT).is_empty

    await database.write(unit)


async def test_scores_are_the_inspectors_alone_and_handed_in_when_complete(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        one = stores.inspections.of_round(opened(stores, office).id)[0]
        actor = inspector_of(office, one)
        stranger = next(each for each in office.secretaries if each.member.id != one.inspector)
        with pytest.raises(InspectionNotFound):
            scoring.score(stores, stranger, number=one.id, item=1, points=1)
        for item, points in ((1, 11), (0, 1), (4, 1)):
            with pytest.raises(InspectionNotFound):
                scoring.score(stores, actor, number=one.id, item=item, points=points)
        assert scoring.score(stores, actor, number=one.id, item=1, points=10).inspection.item == 2
        assert scoring.score(stores, actor, number=one.id, item=2, points=3).inspection.item == 2
        assert scoring.note(stores, actor, number=one.id, item=2, words="晚收").inspection.item == 3
        with pytest.raises(Incomplete) as missing:
            scoring.hand_in(stores, actor, number=one.id)
        assert missing.value.values["missing"] == [3]
        scoring.score(stores, actor, number=one.id, item=3, points=5)
        with pytest.raises(InspectionNotFound):
            answering.shown(stores, secretary_of(office, one), number=one.id)
        assert scoring.hand_in(stores, actor, number=one.id).total == 18
        with pytest.raises(NotScoring):
            scoring.score(stores, actor, number=one.id, item=1, points=1)

    await database.write(unit)


async def test_the_branch_answers_once_and_corrections_are_seen(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        one = stores.inspections.of_round(opened(stores, office).id)[0]
        scored(stores, office, one, 10, 3, 5)
        actor, answers = inspector_of(office, one), secretary_of(office, one)
        with pytest.raises(InspectionNotFound):
            answering.accept(stores, actor, number=one.id)
        answering.accept(stores, answers, number=one.id)
        with pytest.raises(AlreadyAnswered):
            answering.object_(stores, answers, number=one.id, words="不对")
        with pytest.raises(NothingChanged):
            scoring.correct(stores, actor, number=one.id, item=2, points=3, reason="再看")
        found = scoring.correct(stores, actor, number=one.id, item=2, points=2, reason="再看")
        assert found.inspection.stage is Stage.HANDED_IN
        assert [(each.old, each.new, each.by_name, each.reason) for each in found.corrections] == [
            (3, 2, actor.member.name, "再看")
        ]
        answering.object_(stores, answers, number=one.id, words="不对")
        settled = scoring.reply(stores, actor, number=one.id, words="维持")
        assert (settled.inspection.stage, settled.total) == (Stage.SETTLED, 17)

    await database.write(unit)


async def test_who_leaves_is_replaced_and_a_closed_branch_does_not_count(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        round_ = opened(stores, office)
        one, other, *_ = stores.inspections.of_round(round_.id)
        stores.hooks.left(one.inspector, None, AT)
        found = progress.progress(stores, office.chief, number=round_.id)
        assert [each.id for each in found.without] == [one.id]
        assert tell(stores, office.chief) is not None
        with pytest.raises(CannotInspect):
            assigning.assign(stores, office.chief, number=one.id, member=secretary_of(office, one).member.id)
        (person,) = stores.people.add([Entry("x", "赵六", other.of.id)])
        member = in_private(stores, 77, "赵六").member
        stores.people.link(person.id, member.id)
        assigning.assign(stores, office.chief, number=one.id, member=member.id)
        assert stores.inspections.get(one.id).inspector_name == "赵六"
        with pytest.raises(RoundNotFound):
            assigning.drop(stores, office.secretaries[0], number=one.id)
        tree.close(
            stores,
            replace(office.chief, now=AT),
            branch=other.of.id,
            people_to=office.branches[0].id if other.of.id != office.branches[0].id else office.branches[1].id,
            shown="2-0-1" if other.of.id != office.branches[0].id else "2-1-1",
        )
        after = progress.progress(stores, office.chief, number=round_.id)
        assert [each.inspection.id for each in after.sheets if not each.inspection.counts] == [other.id]
        assert stores.inspections.by_branch(other.of.id)[0].inspector is None

    await database.write(unit)


async def test_who_has_an_interest_does_not_inspect_now_or_next_time(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        round_ = opened(stores, office)
        one = stores.inspections.of_round(round_.id)[0]
        actor = inspector_of(office, one)
        with pytest.raises(NoReason):
            recusing.recuse(stores, actor, number=one.id, reason=" ")
        recusing.recuse(stores, actor, number=one.id, reason="亲属在该支部")
        assert [each.id for each in progress.progress(stores, office.chief, number=round_.id).without] == [one.id]
        assert overview.remembered(stores, office.chief) == {(one.by.id, one.of.id)}
        with pytest.raises(InspectionNotFound):
            scoring.score(stores, actor, number=one.id, item=1, points=1)

    await database.write(unit)


async def test_it_is_final_once_all_have_answered_and_findings_are_opened(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        round_ = opened(stores, office)
        found = stores.inspections.of_round(round_.id)
        for place, one in enumerate(found):
            actor = inspector_of(office, one)
            scoring.score(stores, actor, number=one.id, item=1, points=10 - place)
            scoring.note(stores, actor, number=one.id, item=1, words=f"少一次会{place}", file=PHOTO)
            scoring.score(stores, actor, number=one.id, item=2, points=5)
            scoring.score(stores, actor, number=one.id, item=3, points=5)
            scoring.hand_in(stores, actor, number=one.id)
        with pytest.raises(NotReady):
            closing.finish(stores, office.chief, number=round_.id, publish=Publish.ALL)
        later = replace(office.chief, now=AT + 4 * DAY)
        final = closing.finish(stores, later, number=round_.id, publish=Publish.ALL)
        assert [(one.rank, one.percent) for one in final.results.lines] == [(1, 100.0), (2, 95.0), (3, 90.0), (4, 85.0)]
        assert (final.findings, len(final.homeless)) == (1, 3)
        group = office.group.id
        (finding,) = [stores.findings.get(1)]
        assert finding.file == PHOTO, "the photo goes with it"
        assert (finding.source, finding.group, finding.branch) == (Source.INSPECTION, group, office.branches[0].id)
        with pytest.raises(RoundOver):
            answering.accept(stores, secretary_of(office, found[0]), number=found[0].id)
        week = Week(office.group, AT, AT + 7 * DAY, {})
        told = SECTION.tell(stores, week)
        assert told is not None
        assert told.text.values["findings"] == 1
        tables = EXPORT.read(stores, Span(office.group, AT, AT + 7 * DAY, AT, 100, True)).tables()
        assert [len(table.rows) for table in tables] == [3]

    await database.write(unit)
