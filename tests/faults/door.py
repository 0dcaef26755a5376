"""What stands before several workers: each webhook goes to any that takes it."""

import random
from collections.abc import Sequence
from typing import Self

import aiohttp
from aiohttp import web

PATIENCE = 5.0  # seconds


class Door:
    """A load balancer with no memory: `async with Door(ports, rng) as door: door.url`."""

    def __init__(self, ports: Sequence[int], rng: random.Random) -> None:
        self._ports = ports
        self._rng = rng

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        app = web.Application()
        app.router.add_post("/hook", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        await self._http.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        """To one after the other until one listens; what breaks off in the middle is Telegram's to try again."""
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.startswith("X-Telegram")}
        for port in self._rng.sample(list(self._ports), len(self._ports)):
            try:
                async with self._http.post(f"http://127.0.0.1:{port}/hook", data=body, headers=headers) as answer:
                    return web.Response(status=answer.status)
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                break
        return web.Response(status=502)
