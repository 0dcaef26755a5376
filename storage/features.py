"""All features of the store, area by area."""

from storage import admin, clock, life, messaging, people, points, report, study, voice, work
from storage.feature import Feature

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
