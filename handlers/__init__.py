"""Chat in: parse, one use case, one answer."""

from telegram import Update
from telegram.ext import BaseHandler

from handlers import (
    audit,
    branch,
    draft,
    export,
    general,
    invitation,
    language,
    leave,
    points,
    poll,
    privacy,
    role,
    roster,
    schedule,
    setting,
    speech,
    study,
    suggestion,
    summary,
    survey,
    task,
    welcome,
)
from handlers.context import Context

FEATURES = (
    study,
    task,
    survey,
    suggestion,
    points,
    summary,
    leave,
    schedule,
    draft,
    poll,
    role,
    setting,
    audit,
    invitation,
    privacy,
    export,
    language,
    welcome,
    roster,
    branch,
    general,
    speech,
)


def first() -> list[BaseHandler[Update, Context, None]]:
    """What every update passes before the features."""
    return general.first()


def features() -> list[BaseHandler[Update, Context, None]]:
    """The first of these that takes an update handles it."""
    return [handler for feature in FEATURES for handler in feature.handlers()]
