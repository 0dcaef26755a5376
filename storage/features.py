"""All features of the store, area by area."""

from storage.admin import features as admin
from storage.clock import features as clock
from storage.feature import Feature
from storage.life import features as life
from storage.messaging import features as messaging
from storage.people import features as people
from storage.points import features as points
from storage.report import features as report
from storage.study import features as study
from storage.voice import features as voice
from storage.work import features as work

FEATURES: tuple[Feature, ...] = (
    *people.FEATURES,
    *messaging.FEATURES,
    *clock.FEATURES,
    *admin.FEATURES,
    *points.FEATURES,
    *study.FEATURES,
    *work.FEATURES,
    *voice.FEATURES,
    *life.FEATURES,
    *report.FEATURES,
)
