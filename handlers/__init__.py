"""Chat in: parse, one use case, one answer."""

from telegram import Update
from telegram.ext import BaseHandler

from handlers.admin import audit, setting
from handlers.clock import schedule
from handlers.context import Context
from handlers.messaging import draft, general, poll, speech
from handlers.people import branch, invitation, language, leave, privacy, role, roster, welcome
from handlers.points import points
from handlers.report import export, summary
from handlers.study import study
from handlers.voice import suggestion, survey
from handlers.work import task

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
