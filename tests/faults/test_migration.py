"""A group becomes a supergroup while the bot is speaking in it: everything follows it, and arrives once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.chats import Chat
from tests.faults.office import Office, opened
from tests.faults.run_report import spoken

COMMANDS = 6
WEEK = "summary.post"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """A running program and a basic group that it has greeted."""
    async with opened(tmp_path, groups=1, kind="group") as office:
        await office.start()
        await office.idle()
        yield office


async def fill_queue(office: Office, group: Chat) -> None:
    """Several messages wait for a group: answers, the study item with its question, the week's summary."""
    office.sandbox.fault("sendMessage", kind="slow", seconds=1.0, times=2)
    for _ in range(COMMANDS):
        office.crowd.ask_points(group)
    await office.until(
        lambda: office.books.count("SELECT count(*) FROM inbox WHERE done_at IS NULL") == 0, "all is read"
    )
    await office.make_due_in(0)
    await office.until(lambda: len(office.books.rows("SELECT 1 FROM study_prompts")) == 1, "the study item is due")
    assert office.waiting() >= 2


def said(office: Office, old: Chat, new: Chat) -> list[str]:
    """Whatever the bot has said in both, by its first line."""
    messages = [*spoken(office.sandbox, old.id), *spoken(office.sandbox, new.id)]
    return [(one.get("text") or one["poll"]["question"]).splitlines()[0] for one in messages]


@pytest.mark.parametrize("killed", [False, True], ids=["alive", "killed"])
async def test_a_move_in_the_middle_of_a_push_takes_everything_along(office: Office, killed: bool) -> None:
    (old,) = office.crowd.groups
    before = len(spoken(office.sandbox, old.id))
    await fill_queue(office, old)
    new = office.sandbox.migrate(old, by=office.crowd.secretary(old))
    if killed:
        await office.worker.kill()
        await office.start()
    await office.idle()
    office.untroubled()
    unknown = office.books.count("SELECT count(*) FROM outbox WHERE unknown_at IS NOT NULL")
    assert office.books.count("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'unknown', 'withdrawn')") == 0
    arrived = len(said(office, old, new)) - before
    expected = COMMANDS + 2  # the study item and its question
    assert expected - unknown <= arrived <= expected + unknown, said(office, old, new)
    assert killed or unknown == 0
    assert len(spoken(office.sandbox, new.id)) >= 2, "the rest is said in the new group"
    office.crowd.ask_points(new)
    await office.idle()
    assert "reply_to_message" in spoken(office.sandbox, new.id)[-1]
    places = office.books.rows("SELECT platform_id FROM chats WHERE kind = 'group' AND active")
    assert places == [(new.id,)]
