"""The sample's weeks can be lived through on any day."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.sample import enterprise
from bot.sample.history import History, Places
from domain.admin.enterprise import DEFAULT
from domain.messaging.chat import Locale
from domain.report.features import Stores
from domain.voice.suggestion import Tagging
from language import honours
from storage import migrate
from storage.database import connect
from tests.stores import Renderer

MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DAYS = [MONDAY + timedelta(days=number, hours=number) for number in range(7)]
# The sample looks back on a quarter: these have long holidays at one of its turns.
AFTER_HOLIDAYS = [MONDAY.replace(day=day) for day in (5, 12, 19)] + [
    MONDAY.replace(year=2026, month=4, day=day) for day in (8, 15, 22)
]
HOLIDAYS = [MONDAY.replace(year=2027, month=1, day=1), MONDAY.replace(month=10, day=5), MONDAY.replace(hour=7)]


@pytest.mark.parametrize("at", [*DAYS, *HOLIDAYS, *AFTER_HOLIDAYS], ids=lambda at: f"{at:%a %Y-%m-%d %H}")
async def test_the_sample_lives_on_any_day(at: datetime, tmp_path: Path) -> None:
    url, sample = f"sqlite:///{tmp_path / 'sample.db'}", enterprise.read(at.date())
    migrate.upgrade(url)
    known = replace(DEFAULT, honours=honours.for_people(), team_honours=honours.for_teams())
    places = Places(
        {code: -number for number, code in enumerate(sample.branches, 1)},
        {code: number for number, code in enumerate(sample.people, 1)},
    )

    def live(stores: Stores) -> int:
        history = History(stores, sample, places, Locale(sample.zone, "zh"), until=at)
        library = enterprise.library()
        history.live(list(library.lessons), [Tagging((), ())] * len(sample.suggestions))
        history.plan_study(library)
        history.begin_today()
        return len(stores.chats.groups())

    async with connect(url, Renderer(), lambda: at, known) as database:
        assert await database.write(live) == len(sample.branches)
