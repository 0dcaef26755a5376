"""`python -m sandbox`: the local Telegram alone."""

import argparse
import asyncio
import contextlib
import signal
import sys

from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.sandbox import Sandbox

PORT = 8081


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C; gives the exit code: 0 done, 1 failed."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help=f"0 is any free port (default {PORT})")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default 127.0.0.1: this machine only)")
    parser.add_argument("--zone", default=None, help="the time zone that the page shows, e.g. Asia/Shanghai")
    parser.add_argument("--no-limits", action="store_true", help="let bots send as fast as they like")
    given = parser.parse_args(arguments)
    try:
        asyncio.run(serve(given.host, given.port, given.zone, Limits(enforced=not given.no_limits)))
    except OSError as error:
        print(f"The sandbox can't listen on {given.host}:{given.port}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


async def serve(host: str, port: int, zone: str | None, limits: Limits) -> None:
    """Serve until the process is asked to stop. Raises OSError when the port is taken."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with Sandbox(host=host, port=port, zone=zone, limits=limits, clock=Clock()) as sandbox:
        print(f"The sandbox is at {sandbox.url} (Ctrl-C stops it)", flush=True)
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
