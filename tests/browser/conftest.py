"""A real Chromium for the browser tests, and windows in it that tell of every error in the page."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_INSTALL = """\
The browser tests drive a real Chromium, and there is none on this machine. To install it:
  Debian, Ubuntu:  apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji
  Fedora:          dnf install chromium
Or run `make test`, which needs no browser."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

DESKTOP = {"width": 1280, "height": 800}

NewWindow = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, started once for all tests."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(HOW_TO_INSTALL, pytrace=False)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_window(browser: Browser) -> AsyncIterator[NewWindow]:
    """Opens windows, each with storage of its own; at the end no window may have had an error in its page."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    async def open_window(url: str, **options: Any) -> Page:
        settings = {"viewport": DESKTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
        context = await browser.new_context(**(settings | options))
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        await page.goto(url)
        return page

    yield open_window
    for context in contexts:
        await context.close()
    assert errors == []


class Line:
    """A line between a browser and a sandbox that can be cut: a browser's own offline mode keeps open streams alive."""

    def __init__(self, url: str) -> None:
        self._target = urlsplit(url)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._ends: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
        for end in tuple(self._ends):
            end.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(self._target.hostname, self._target.port)
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            self._ends.discard(writer)
            writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_line() -> AsyncIterator[Callable[[str], Awaitable[Line]]]:
    """Lays lines to sandboxes; they are taken away at the end."""
    lines: list[Line] = []

    async def lay(url: str) -> Line:
        line = Line(url)
        await line.mend()
        lines.append(line)
        return line

    yield lay
    for line in lines:
        await line.cut()
