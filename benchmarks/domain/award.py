"""What an award costs the processor under the default rules: information, as no target was set on it alone."""

import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import create_engine, event

from benchmarks.ledger import IN_A_GROUP, MONDAY, enter_years, morning
from benchmarks.result import Row, Say, WorkNotDone, middle
from bot.renderer import Renderer
from domain.ids import ChatId, MemberId
from domain.points import points
from domain.study.study import READ
from storage.sqlite import _prepare_writer
from storage.stores import Stores


@dataclass(frozen=True, slots=True)
class Size:
    """How many rounds, with an award for each person of a group in each."""

    rounds: int = 40


SHORT = Size(rounds=10)


def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark. Raises WorkNotDone."""
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:
        file = Path(folder) / "award.db"
        entries = enter_years(file, groups=2, weeks=10)
        say(f"{size.rounds * IN_A_GROUP:,} awards beside {entries:,} entries")
        cost = 1e6 * middle(_rounds(file, size.rounds)[1:])  # statements are compiled at their first use
    return [Row("award", "an award under the default rules", "processor time", cost, "µs")]


def _rounds(file: Path, rounds: int) -> list[float]:
    """The seconds of an award in each round, within one transaction that is undone. Raises WorkNotDone."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare_writer)
    at, seconds = morning(MONDAY) + timedelta(days=30), []
    with engine.connect() as connection:
        stores = Stores(connection, Renderer(), at)
        group = stores.chats.get(ChatId(1))
        for number in range(rounds):
            begun, source = time.process_time(), f"study:{number}"
            for member in range(1, IN_A_GROUP + 1):
                who, facts = MemberId(member), {"on_day": True}
                if not points.award(stores, who, group, READ, facts, source=source, cause="先通风", at=at):
                    raise WorkNotDone(f"no award in round {number}")
            seconds.append((time.process_time() - begun) / IN_A_GROUP)
        connection.rollback()
    engine.dispose()
    return seconds
