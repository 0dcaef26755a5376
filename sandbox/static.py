"""The chat page's own files, and nothing else of this machine."""

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
FRESH = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def routes() -> list[web.RouteDef]:
    """`/` is the page, `/page/…` its files."""
    return [web.get("/", _index), web.get("/page/{path:.+}", _file)]


async def _index(_: web.Request) -> web.StreamResponse:
    return _answer("index.html")


async def _file(http: web.Request) -> web.StreamResponse:
    return _answer(http.match_info["path"])


def _answer(path: str) -> web.StreamResponse:
    # `resolve` also follows links, so what it gives lies within the folder or is not served.
    file = (FOLDER / path).resolve()
    if not file.is_relative_to(FOLDER.resolve()) or not file.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(file, headers=FRESH)
