import asyncio
import re
import signal
import sys

import aiohttp

from sandbox import Sandbox
from tests.patience import PATIENCE


async def started(*arguments):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(PATIENCE):
        line = (await process.stdout.readline()).decode()
    return process, line


async def test_it_prints_its_address_serves_and_stops_cleanly():
    process, line = await started("--port", "0", "--zone", "Asia/Shanghai")
    url = re.search(r"http://127\.0\.0\.1:\d+", line)[0]
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}/sandbox/limits") as answer:
            assert await answer.json() == {"enforced": True, "factor": 1.0}
        async with http.get(f"{url}/sandbox/clock") as answer:
            assert (await answer.json())["zone"] == "Asia/Shanghai"
        polling = asyncio.create_task(http.get(f"{url}/bot1:a/getUpdates?timeout=3600"))
        await asyncio.sleep(0.1)
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE):
            _, errors = await process.communicate()
        await asyncio.gather(polling, return_exceptions=True)
    assert (process.returncode, errors) == (0, b"")


async def test_a_port_that_is_taken_is_said_in_one_line():
    async with Sandbox() as sandbox:
        port = sandbox.url.rpartition(":")[2]
        process, _ = await started("--port", port)
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith(f"The sandbox can't listen on 127.0.0.1:{port}: ")
    assert errors.count(b"\n") == 1


async def test_it_starts_and_stops_at_once(unhurried):
    loop = asyncio.get_running_loop()
    before = loop.time()
    for _ in range(5):
        async with Sandbox() as sandbox:
            assert sandbox.url.startswith("http://127.0.0.1:")
    assert loop.time() - before < unhurried
