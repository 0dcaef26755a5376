"""Findings in the store on both engines."""

from datetime import timedelta
from typing import Any

from domain.ids import FindingId
from domain.life.rectification.figures import by_branch, counted
from domain.life.rectification.model import Kind, Source, State
from domain.life.rectification.opening import Discovery, open_finding
from tests.life.test_meeting_store import set_up

DAY = timedelta(days=1)


async def test_the_same_discovery_opens_one_finding(database: Any) -> None:
    def unit(stores: Any) -> None:
        office = set_up(stores)
        group = office.chief.chat
        wish = Discovery(
            "inspection:1:3", group.id, "支委会记录不全", Source.INSPECTION, Kind.RECORDS, item="3.2", about=1
        )
        number = open_finding(stores, office.chief, wish)
        assert open_finding(stores, office.chief, wish) == number
        found = stores.findings.get(number)
        assert (found.state, found.branch, found.round.number) == (State.OPEN, group.branch, 1)
        assert stores.findings.begun_in([group.id]) == [found]
        assert stores.findings.mine(office.chief.member.id, 5) == [found]
        assert stores.findings.get(FindingId(99)) is None
        since, until = found.found_at - DAY, found.found_at + DAY
        figures, entries = by_branch(stores.findings, since, until)[group.branch]
        assert (figures.found, figures.open, figures.closed, figures.days) == (1, 1, 0, None)
        assert counted(entries, since, until) == figures
        assert stores.findings.entries(since, until, [group.branch]) == entries
        stores.findings.hand_over(office.chief.member.id, office.actors["b"].member.id)
        assert stores.findings.mine(office.chief.member.id, 5) == []

    await database.write(unit)
