"""Whatever the Bot API can deliver: nothing raises, nothing is lost, the next update is handled all the same."""

import asyncio
import shutil
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select

from bot.pace import Pace
from bot.program import Program
from bot.settings import Settings
from language.tags import Tagger
from sandbox import Sandbox
from storage import migrate
from storage.messaging.inbox import inbox
from tests.botapi.updates import updates

Json = dict[str, Any]
NUMBERS = count(1)


class Feeder:
    """A running bot that is handed updates; it lives as long as the test, over all examples."""

    def __init__(self, runner: asyncio.Runner, program: Program) -> None:
        self._runner = runner
        self._program = program

    def feed(self, update: Json) -> tuple[int, bool, str | None]:
        """Hand over an update under a number of its own; how often it was begun, whether it is done, the last error."""
        number = next(NUMBERS)
        return self._runner.run(self._feed(update | {"update_id": number}, number))

    async def _feed(self, update: Json, number: int) -> tuple[int, bool, str | None]:
        await self._program.intake.receive([update])
        await self._program.intake.idle()
        row = await self._program.database.read(
            lambda stores: stores.connection.execute(
                select(inbox.c.tries, inbox.c.done_at, inbox.c.error).where(inbox.c.id == number)
            ).one()
        )
        return row.tries, row.done_at is not None, row.error


@pytest.fixture(scope="module")
def feeder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Feeder]:
    """The program on a local Telegram that knows none of the chats that the updates speak of."""
    folder = tmp_path_factory.mktemp("any")
    migrate.upgrade(f"sqlite:///{folder / 'empty.db'}")
    shutil.copy(folder / "empty.db", folder / "any.db")
    chosen = {"token": "123456:any", "database_url": f"sqlite:///{folder / 'any.db'}", "http": "127.0.0.1:0"}
    with asyncio.Runner() as runner:
        sandbox = runner.run(Sandbox().__aenter__())
        tagger = Tagger(folder)
        tagger.load()
        program = Program(
            Settings(_env_file=None, api_url=sandbox.url, cache=folder, **chosen), pace=Pace(1000), tagger=tagger
        )
        runner.run(program.__aenter__())
        yield Feeder(runner, program)
        runner.run(program.__aexit__())
        runner.run(sandbox.__aexit__())


# Without shrinking: a failing update is tried three times with pauses, and hundreds of those take minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=300, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(update=updates())
@pytest.mark.filterwarnings("ignore:.*PTB_TIMEDELTA:UserWarning")  # PTB's own, on parsing a timer that was changed
def test_every_update_of_the_bot_api_is_handled_once_and_without_a_fault(feeder: Feeder, update: Json) -> None:
    tries, done, error = feeder.feed(update)
    assert (tries, done, error) == (1, True, None)


def test_half_a_character_does_not_make_the_bot_deaf(feeder: Feeder) -> None:
    chat, who = {"id": 77, "type": "private", "first_name": "李"}, {"id": 77, "is_bot": False, "first_name": "李"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": who, "text": "建议：x\ud83d 半个"}
    assert feeder.feed({"message": message}) == (1, True, None)


def test_a_receipt_is_handled_once(feeder: Feeder) -> None:
    """PTB warns of a receipt that is asked for as an attachment."""
    chat, who = {"id": 78, "type": "private", "first_name": "李"}, {"id": 78, "is_bot": False, "first_name": "李"}
    charge = {"telegram_payment_charge_id": "a", "provider_payment_charge_id": "b"}
    receipt = {"currency": "CNY", "total_amount": 1, "invoice_payload": "", **charge}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": who, "successful_payment": receipt}
    assert feeder.feed({"message": message}) == (1, True, None)
