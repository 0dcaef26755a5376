"""Logs: one line an event, as text or JSON; no secret ever, no personal text."""

import logging
import sys
import traceback
from typing import Any, Literal

import structlog

from bot.secrecy import redactor


def set_up(style: Literal["text", "json"], secrets: tuple[str, ...]) -> None:
    """Write logs to standard error; `secrets` are blanked wherever they turn up in a line."""
    redact = redactor(secrets)

    def blank(_: Any, __: str, line: Any) -> str:
        return redact(str(line))

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(without_words),
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last, blank],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for chatty in ("apscheduler", "aiohttp.access", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def without_words(exc_info: structlog.typing.ExcInfo) -> str:
    """Where an error came from and of which kind it is, causes first.

    Its own words are left out, and so are local values: they may be people's (a failed statement quotes what was to be
    stored). The store keeps them with the update or the delivery that the line names.
    """
    error: BaseException | None = exc_info[1]
    told: list[str] = []
    met: set[int] = set()
    while error is not None and id(error) not in met:
        met.add(id(error))
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        told.insert(0, "".join(traceback.format_tb(error.__traceback__)) + kind)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(told)
