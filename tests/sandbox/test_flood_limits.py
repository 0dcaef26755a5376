from sandbox import Limits, Sandbox
from tests.sandbox.cast import Program


async def flooded(sandbox, program, chats, count):
    """The answers to so many messages, spread over chats."""
    return [
        await program.raw("sendMessage", json={"chat_id": chats[n % len(chats)], "text": "a"}) for n in range(count)
    ]


def scene_of(sandbox, groups):
    bot, wang = sandbox.add_bot("1:a"), sandbox.add_person("王")
    return [sandbox.add_group(f"{n}支部", by=wang, bots=[bot]).id for n in range(groups)]


async def test_more_than_a_burst_in_one_chat_must_wait():
    async with Sandbox(limits=Limits(enforced=True)) as sandbox, Program(sandbox.url, "1:a") as program:
        answers = await flooded(sandbox, program, scene_of(sandbox, 1), 6)
    *fine, (status, body) = answers
    assert {status for status, _ in fine} == {200}
    seconds = body["parameters"]["retry_after"]
    assert (status, body["description"]) == (429, f"Too Many Requests: retry after {seconds}")
    assert 1 <= seconds <= 5


async def test_more_than_thirty_a_second_must_wait():
    async with Sandbox(limits=Limits(enforced=True)) as sandbox, Program(sandbox.url, "1:a") as program:
        answers = await flooded(sandbox, program, scene_of(sandbox, 40), 31)
    assert [status for status, _ in answers] == [200] * 30 + [429]
    assert answers[-1][1]["parameters"] == {"retry_after": 1}


async def test_a_group_takes_twenty_a_minute():
    async with Sandbox(limits=Limits(enforced=True)) as sandbox, Program(sandbox.url, "1:a") as program:
        (chat,) = scene_of(sandbox, 1)
        # Albums of ten count as ten, whatever the second.
        sandbox.limits.factor = 3
        answers = await flooded(sandbox, program, [chat], 15)
        sandbox.limits.factor = 0.75
        answers += await flooded(sandbox, program, [chat], 1)
    assert [status for status, _ in answers] == [200] * 15 + [429]
    assert 50 <= answers[-1][1]["parameters"]["retry_after"] <= 60


async def test_limits_are_off_unless_asked_for():
    async with Sandbox() as sandbox, Program(sandbox.url, "1:a") as program:
        answers = await flooded(sandbox, program, scene_of(sandbox, 1), 40)
    assert {status for status, _ in answers} == {200}
