"""Settings from the environment and `.env`; a wrong one is one line that says which, why, and a right example."""

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

import plain

EXAMPLES = {
    "token": "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
    "api_url": "http://127.0.0.1:8081",
    "database_url": "sqlite:///jingyi.db",
    "webhook_url": "https://bot.example.org/telegram",
    "webhook_secret": "a-long-random-word_1",
    "http": "127.0.0.1:8080",
    "timezone": "Asia/Shanghai",
    "language": "zh",
    "admins": "12345678,23456789",
    "log": "text",
    "proxy": "http://127.0.0.1:3128",
    "cache": "/var/cache/jingyi",
    "forget_after": "365",
    "honours": "Pioneer,Expert",
    "team_honours": "Task force",
    "audit_key": "32-or-more-random-characters-of-your-own",
}


MIN_KEY_CHARS = 32
MAX_TITLES, MAX_TITLE_CHARS = 20, 20  # of honours


class WrongSetting(Exception):  # noqa: N818 - named for what is wrong
    """A setting that cannot be used; its text is the one line to show."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("no such time zone") from error
    return name


def _address(address: str) -> str:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:  # noqa: PLR2004 - the highest port
        raise ValueError("not HOST:PORT")
    return address


def _database(url: str) -> str:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ValueError("not the address of a database") from error
    if "@" in (address.host or ""):  # which would be told with the host's name
        raise ValueError("a @ in a password is written %40")
    if not address.database or not url.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("not the address of a SQLite file or a PostgreSQL database")
    return url


def _web(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("not a web address")
    return url


def _token(token: SecretStr) -> SecretStr:
    number, _, secret = token.get_secret_value().partition(":")
    if not number.isdecimal() or not secret:
        raise ValueError("not a bot token, which is a number, a colon and letters")
    return token


def _secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
        raise ValueError("not 1 to 256 letters, digits, _ and -")
    return secret


def _key(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < MIN_KEY_CHARS:
        raise ValueError(f"shorter than {MIN_KEY_CHARS} characters")
    return secret


def _ids(value: object) -> object:
    """Ids with commas or blanks between them."""
    if not isinstance(value, str):
        return value
    words = value.replace(",", " ").replace("，", " ").split()
    if not all(word.isdecimal() for word in words):
        raise ValueError("not numbers with commas between them")
    return words


def _titles(value: object) -> object:
    """Titles with commas between them, each once."""
    if not isinstance(value, str):
        return value
    found = [plain.tidy(word) for word in value.replace("，", ",").split(",")]
    if any(len(one) > MAX_TITLE_CHARS for one in found):
        raise ValueError(f"a title has at most {MAX_TITLE_CHARS} characters")
    if len(found) > MAX_TITLES:
        raise ValueError(f"at most {MAX_TITLES} titles")
    return tuple(dict.fromkeys(filter(None, found)))


class StoreSettings(BaseSettings):
    """What commands need that only touch the store: where it is, and how to speak of it."""

    model_config = SettingsConfigDict(env_prefix="JINGYI_", env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: Annotated[str, AfterValidator(_database), Field(repr=False)] = "sqlite:///jingyi.db"
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    language: Literal["zh", "en"] = "zh"
    log: Literal["text", "json"] = "text"
    audit_key: Annotated[SecretStr, AfterValidator(_key)] | None = None

    @property
    def database_file(self) -> Path:
        """The SQLite file. Raises WrongSetting where the store is a PostgreSQL database."""
        if not self.database_url.startswith("sqlite:///"):
            raise WrongSetting(_wrong("database_url", "this command is for a SQLite file"))
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no line of the log may hold."""
        address = make_url(self.database_url)
        password = str(address.password or address.query.get("password") or "")
        key = self.audit_key.get_secret_value() if self.audit_key else ""
        return tuple({password, quote(password, safe=""), key} - {""})


class Settings(StoreSettings):
    """Every setting of the program; `.env.example` says what each is for."""

    token: Annotated[SecretStr, AfterValidator(_token)]
    api_url: Annotated[str, AfterValidator(_web)] = "https://api.telegram.org"
    webhook_url: Annotated[str, AfterValidator(_web)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None
    http: Annotated[str, AfterValidator(_address)] = "127.0.0.1:8080"
    admins: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    proxy: Annotated[str, AfterValidator(_web)] | None = None
    cache: Path = Path("~/.cache/jingyi")
    forget_after: Annotated[int, Field(ge=0, le=36500)] = 365
    honours: Annotated[tuple[str, ...] | None, NoDecode, BeforeValidator(_titles)] = None
    team_honours: Annotated[tuple[str, ...] | None, NoDecode, BeforeValidator(_titles)] = None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no line of the log may hold."""
        secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        return (*super().secrets, self.token.get_secret_value(), *([secret] if secret else []))

    @property
    def bot_url(self) -> str:
        """Where the platform hears this bot. A secret: it holds the token."""
        return f"{self.api_url.rstrip('/')}/bot{self.token.get_secret_value()}"

    @property
    def http_address(self) -> tuple[str, int]:
        """Host and port to listen on."""
        host, _, port = self.http.rpartition(":")
        return host.strip("[]"), int(port)


Chosen = TypeVar("Chosen", bound=StoreSettings)


def read(kind: type[Chosen]) -> Chosen:
    """The settings of this process, of one kind or the other. Raises WrongSetting."""
    try:
        return kind()
    except ValidationError as error:
        raise WrongSetting(_one_line(error)) from None


def _one_line(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0])
    wrong = "is missing" if first["type"] == "missing" else first["msg"].removeprefix("Value error, ")
    return _wrong(name, wrong)


def _wrong(name: str, wrong: str) -> str:
    return f"JINGYI_{name.upper()}: {wrong}; for example JINGYI_{name.upper()}={EXAMPLES[name]}"
