"""The demo looks back on a quarter of party life."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sample import enterprise
from bot.sample.history import History, Places
from domain.admin.enterprise import DEFAULT
from domain.life.evaluation.history import history as stars
from domain.life.meeting.kinds import Kind
from domain.life.rectification.model import State
from domain.messaging.chat import Locale
from domain.report.features import Stores
from domain.voice.suggestion import Tagging
from domain.work.task import Link, LinkKind
from language import honours
from storage import migrate
from storage.database import connect
from tests.stores import Renderer

AT = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
OFTEN = {Kind.ASSEMBLY, Kind.COMMITTEE, Kind.THEME_DAY, Kind.LECTURE, Kind.TALK}  # held by each branch


async def test_meetings_inspection_training_activities_and_stars(tmp_path: Path) -> None:
    url, sample = f"sqlite:///{tmp_path / 'sample.db'}", enterprise.read(AT.date())
    migrate.upgrade(url)
    known = replace(DEFAULT, honours=honours.for_people(), team_honours=honours.for_teams())
    places = Places(
        {code: -number for number, code in enumerate(sample.branches, 1)},
        {code: number for number, code in enumerate(sample.people, 1)},
    )

    def live(stores: Stores) -> None:
        history = History(stores, sample, places, Locale(sample.zone, "zh"), until=AT)
        history.live(list(enterprise.library().lessons), [Tagging((), ())] * len(sample.suggestions))

    def look(stores: Stores) -> None:
        groups = stores.chats.groups()
        since, until = sample.moment("-13 mon 00:00"), AT
        kinds = [{one.kind for one in stores.meetings.in_span(group.id, since, until)} for group in groups]
        assert all(found >= OFTEN for found in kinds)
        assert set().union(*kinds) >= OFTEN | {Kind.JOINT, Kind.LIFE, Kind.APPRAISAL, Kind.GROUP, Kind.REGULAR}
        held = [one for group in groups for one in stores.meetings.in_span(group.id, since, until)]
        assert all(one.minutes for one in held if one.kind is not Kind.TRAINING)
        assert any(stores.decisions.of(one.id) for one in held)
        given = [task for one in held for task in stores.tasks.linked_to(Link(LinkKind.MEETING, one.id))]
        assert sorted(task.done_at is None for task in given) == [False, True]
        findings = [one for group in groups for one in stores.findings.newest_in([group.id], 50)]
        assert {one.state for one in findings} == {State.OPEN, State.UNDERWAY, State.CLOSED}
        assert [one.title for group in groups for one in stores.activities.in_span(group.id, since, until)]
        assert all(stores.trainings.in_span(group.id, since.date(), until.date()) for group in groups)
        grades = sorted(stars(stores, group.branch)[0].stars for group in groups if group.branch is not None)
        assert grades[-1] == 5
        assert all(stores.branch_cards.get(group.branch).motto for group in groups if group.branch is not None)

    async with connect(url, Renderer(), lambda: AT, known) as database:
        await database.write(live)
        await database.read(look)
