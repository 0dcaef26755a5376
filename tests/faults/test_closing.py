"""A program is killed while an anonymous round closes: its result stands, and no key is left."""

import signal
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.encryption_keys import KeyFolder, folder_of
from bot.settings import StoreSettings
from bot.store import opened
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.member import PersonProfile
from domain.voice.questionnaire.round import Confidence
from tests.faults.worker import Worker
from tests.stores import AT, LOCALE
from tests.voice.rounds import answers, round_of

COUNT = 6


def ask(stores: Any) -> None:
    """An anonymous round of a group that is answered by six."""
    group = stores.chats.add(ChatProfile(-1, ChatKind.GROUP, "一支部"), LOCALE, AT)
    members = [stores.members.add(PersonProfile(n, f"职工{n}"), AT) for n in range(1, COUNT + 1)]
    one = stores.rounds.add(round_of(Confidence.ANONYMOUS, members[0], group.id), "round:1")
    for place, member in enumerate(members):
        stores.responses.keep(one, member.id, answers(place % 4, 3, f"第{place}句"), AT)
        stores.responses.submit(one, member.id, None, AT)


async def test_a_kill_while_a_round_closes_leaves_its_result_and_no_key(tmp_path: Path) -> None:
    given = {"database_url": f"sqlite:///{tmp_path / 'jingyi.db'}", "audit_key": 32 * "k"}
    chosen = StoreSettings(_env_file=None, **given)
    keys = KeyFolder(folder_of(chosen))
    async with opened(chosen) as database:
        await database.write(ask)
    assert len(keys.all()) == 1
    worker = Worker(tmp_path, given, command=("-m", "tests.faults.closing"))
    await worker.start()
    assert await worker.ends() == -signal.SIGKILL, worker.printed()
    assert len(keys.all()) == 1, "it was killed between the commit and the end of the key"
    async with opened(chosen) as database:
        assert keys.all() == frozenset()
        told = await database.read(lambda stores: stores.connection.execute(text("SELECT closed_at FROM rounds")).all())
        found = await database.read(lambda stores: stores.responses.returned(stores.rounds.get(1)))
    assert told[0][0] is not None
    assert sorted(one.response["words"] for one in found) == [f"第{place}句" for place in range(COUNT)]
