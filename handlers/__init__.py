"""Handlers of chat updates: parse, call one use case, give one answer."""

from collections.abc import Mapping

from telegram import Update
from telegram.ext import BaseHandler

from handlers.admin import features as admin
from handlers.clock import features as clock
from handlers.context import Context
from handlers.feature import Feature
from handlers.life import features as life
from handlers.messaging import features as messaging
from handlers.messaging import general, speech, words
from handlers.people import admission
from handlers.people import features as people
from handlers.points import features as points
from handlers.report import features as report
from handlers.study import features as study
from handlers.voice import features as voice
from handlers.work import features as work

# people comes before report: it takes `/export me`; report takes every other `/export`.
AREAS = (study, work, voice, points, life, people, report, clock, messaging, admin)
# Messages without a command, and updates that no feature handles, come last.
FEATURES: tuple[Feature, ...] = (
    *(feature for area in AREAS for feature in area.FEATURES),
    words.FEATURE,
    general.LAST,
    speech.FEATURE,
)
ENTRIES = tuple(entry for feature in FEATURES for entry in feature.entries)


def doors() -> Mapping[int, list[BaseHandler[Update, Context, None]]]:
    """The handlers that every update passes before those of the features, by their place; the first may stop it."""
    return {-2: [admission.DOOR], -1: [general.GATE]}


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """All others, in order: the first one that matches an update handles it."""
    return [handler for feature in FEATURES for handler in feature.handlers]
