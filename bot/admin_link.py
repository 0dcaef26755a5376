"""The link that makes whoever opens it the first administrator: printed at the start, and by `jingyi admin link`."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

import typer

from bot import clock, settings, store
from bot.renderer import Renderer
from bot.settings import Settings, WrongSetting
from bot.upkeep import in_words, line
from domain.admin.enterprise import Enterprise
from domain.messaging.chat import Locale
from domain.people import admin_link
from domain.people.admin_link import HasAdministrators
from storage.database import Database, connect

TOKEN_BYTES = 24  # 32 characters in a link; cannot be guessed

app = typer.Typer(no_args_is_help=True, help="Who administers the bot.")


@app.callback()
def admin() -> None:
    """Who administers the bot."""


@app.command("link")
def link() -> None:
    """Print a new link that makes whoever opens it the first administrator; earlier ones end."""
    chosen = settings.read(Settings)
    with in_words(chosen):
        asyncio.run(_make(chosen))


async def _make(chosen: Settings) -> None:
    """Raises WrongSetting, HasAdministrators, KeyMissing, KeyChanged, StoreError."""
    from bot import doctor  # noqa: PLC0415 - takes a second, which the other commands need not wait for

    name = await doctor.username(chosen)
    if name is None:
        raise WrongSetting("JINGYI_TOKEN: the platform does not say whose token it is; try `jingyi doctor`")
    enterprise = Enterprise(Locale(chosen.timezone, chosen.language), chosen.admins)
    async with connect(chosen.database_url, Renderer(), clock.now, enterprise) as database:
        await store.use_key(database, chosen, clock.now)
        typer.echo(await told(database, chosen, name, clock.now))


async def offer(database: Database, chosen: Settings, username: str, now: Callable[[], datetime]) -> None:
    """Print a link where there is no administrator yet."""
    try:
        typer.echo(await told(database, chosen, username, now))
    except HasAdministrators:
        return


async def told(database: Database, chosen: Settings, username: str, now: Callable[[], datetime]) -> str:
    """A new link, in words. Raises HasAdministrators."""
    from handlers.origin import deep_link  # noqa: PLC0415 - takes a second, which the other commands need not wait for
    from handlers.people.admin_link import PREFIX  # noqa: PLC0415 - likewise

    token = secrets.token_urlsafe(TOKEN_BYTES)
    await database.write(partial(admin_link.make, token=token, at=now()))
    address = deep_link(username, f"{PREFIX}{token}")
    return line(chosen, "admin_link.printed", link=address)
