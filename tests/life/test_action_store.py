"""Front-line actions in the store on both engines: figures, who may report, merges, leavers, reports."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.life.action import overview, service
from domain.life.action.model import (
    ActionNotFound,
    ActionOver,
    DayPassed,
    Kind,
    NoFigureYet,
    NotYours,
    SameFigure,
    State,
)
from domain.life.action.reporting import EXPORT, SECTION
from domain.life.action.service import Wish
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.people.naming import Chosen
from domain.people.naming import Kind as NameKind
from domain.people.permission import Area, Role
from domain.reporting import Span, Week
from tests.life.activities import action_of
from tests.stores import AT, LOCALE

DAY = timedelta(days=1)


def test_a_target_may_be_lower_or_higher() -> None:
    down, up = action_of(), replace(action_of(), baseline=Decimal(90), target=Decimal(98))
    assert [down.share(Decimal(value)) for value in (12, 9, 5, 14)] == [0, 42, 100, -28]
    assert [down.reaches(Decimal(value)) for value in (6, 5, 4)] == [False, True, True]
    assert [up.reaches(Decimal(value)) for value in ("97.9", "98", "99")] == [False, True, True]


def people(stores: Any) -> tuple[Any, list[Actor]]:
    group = stores.chats.add(ChatProfile(-100, ChatKind.GROUP, "甲"), LOCALE, AT)
    actors = []
    for number in range(1, 5):
        known = stores.members.add(PersonProfile(number, f"p{number}"), AT)
        stores.members.speak(group.id, known.id, AT)
        actors.append(Actor(known, group, AT))
    stores.grants.add(actors[0].member, Role.SECRETARY, Area(group=group.id), None, AT)
    return group, actors


def wish(actors: list[Actor], **more: Any) -> Wish:
    team = tuple(Chosen(NameKind.MEMBER, one.member.id) for one in actors[1:3])
    made = Wish(Kind.ZONE, "停机", "次", Decimal(12), Decimal(5), (AT + 30 * DAY).date(), team)
    return replace(made, **more)


async def test_from_the_first_figure_to_the_end(database: Any) -> None:
    def unit(stores: Any) -> None:
        group, actors = people(stores)
        chief, lead, mate, other = actors
        for wrong, more in (
            (DayPassed, {"until": AT.date()}),
            (DayPassed, {"until": (AT + 400 * DAY).date()}),
            (SameFigure, {"target": Decimal("12.0")}),
        ):
            with pytest.raises(wrong):
                service.open_(stores, chief, wish=wish(actors, **more), source="draft:1")
        page = service.open_(stores, chief, wish=wish(actors), source="draft:1")
        number = page.action.id
        assert service.open_(stores, chief, wish=wish(actors), source="draft:1").action.id == number
        assert [one.id for one in page.team] == [lead.member.id, mate.member.id]
        with pytest.raises(NoFigureYet):
            service.finish(stores, chief, number=number, words="好")
        with pytest.raises(NotYours):
            service.report(stores, mate, number=number, value=Decimal(9), note="")
        stranger = stores.members.add(PersonProfile(900, "x"), AT)
        elsewhere = stores.chats.add(ChatProfile(-200, ChatKind.GROUP, "乙"), LOCALE, AT)
        with pytest.raises(ActionNotFound):
            service.look(stores, Actor(stranger, elsewhere, AT), number=number)
        with pytest.raises(ActionNotFound):
            service.managed(stores, replace(chief, chat=elsewhere, is_root_admin=True), number=number)
        assert overview.tell(stores, lead) is None
        assert overview.tell(stores, replace(lead, now=AT + 15 * DAY)) is not None
        assert overview.tell(stores, replace(mate, now=AT + 15 * DAY)) is None
        service.report(stores, lead, number=number, value=Decimal("9.50"), note="换了轴承")
        page = service.report(stores, chief, number=number, value=Decimal(5), note="")
        assert [str(one.value) for one in page.figures] == ["9.50", "5"]
        assert page.is_met
        ended = service.finish(stores, chief, number=number, words="好了")
        assert (ended.action.state, ended.action.words) == (State.ENDED, "好了")
        for one in (lead, mate):
            assert stores.points.count(one.member.id, service.FINISHED.name, f"action:{number}") == 1
        assert stores.points.count(other.member.id, service.FINISHED.name, f"action:{number}") == 0
        with pytest.raises(ActionOver):
            service.report(stores, lead, number=number, value=Decimal(4), note="")
        told = SECTION.tell(stores, Week(group, AT - DAY, AT + DAY, {}))
        assert told is not None
        assert told.text.values == {"opened": 1, "ended": 1, "met": 1}
        span = Span(group, AT - DAY, AT + DAY, AT + DAY, max_rows=10, named=True)
        actions, figures = EXPORT.read(stores, span).tables()
        assert (len(actions.rows), len(figures.rows)) == (1, 2)

    await database.write(unit)


async def test_who_was_waited_for_is_known_and_a_leader_leaves(database: Any) -> None:
    def unit(stores: Any) -> None:
        _, actors = people(stores)
        chief, lead, mate, other = actors
        page = service.open_(stores, chief, wish=wish(actors), source="draft:1")
        number = page.action.id
        service.report(stores, lead, number=number, value=Decimal(9), note="")
        stores.actions.hand_over(lead.member.id, other.member.id)
        found = service.page_of(stores, stores.actions.get(number))
        assert [one.id for one in found.team] == [other.member.id, mate.member.id]
        assert found.figures[0].member == other.member.id
        stores.actions.hand_over(mate.member.id, other.member.id)
        assert stores.actions.team(number) == [other.member.id]
        service.left(stores, other.member.id, None, AT)
        assert stores.actions.get(number).lead == chief.member.id

    await database.write(unit)
