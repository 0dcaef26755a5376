"""Courses and campaigns in the library: all of them, one, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.people.permission import Permission, require
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.people.actor import Actor
    from domain.study.campaign import Campaign
    from domain.study.course import Course
    from domain.study.features import Stores

KEEP = Permission.KEEP_LIBRARY
COURSE_ENDED = AuditAction("study.course_ended")
CAMPAIGN_ENDED = AuditAction("study.campaign_ended")


class SeriesKind(StrEnum):
    """What a series of items is."""

    COURSE = "course"
    CAMPAIGN = "campaign"


class NoSuchSeries(Refusal):
    """The course or campaign has ended meanwhile."""

    text = "library.no_such_series"


@dataclass(frozen=True, slots=True)
class Listed:
    """All courses and campaigns."""

    courses: Sequence[Course]
    campaigns: Sequence[Campaign]
    today: date


@dataclass(frozen=True, slots=True)
class Opened:
    """One of them, with the titles of its items that the library has."""

    kind: SeriesKind
    series: Course | Campaign
    titles: Sequence[str]
    today: date


def listing(stores: Stores, actor: Actor) -> Listed:
    """All courses and campaigns. Raises NotAllowed."""
    require(stores, actor, KEEP)
    return Listed(stores.courses.all(), stores.campaigns.all(), actor.today)


def show(stores: Stores, actor: Actor, *, kind: SeriesKind, number: int) -> Opened:
    """A course or campaign. Raises NotAllowed, NoSuchSeries."""
    found = listing(stores, actor)
    those: Sequence[Course | Campaign] = found.courses if kind is SeriesKind.COURSE else found.campaigns
    series = next((one for one in those if one.number == number), None)
    if series is None:
        raise NoSuchSeries
    titles = {one.lesson.code: one.lesson.title for one in stores.studies.by_codes(series.items)}
    return Opened(kind, series, [titles[code] for code in series.items if code in titles], actor.today)


def end(stores: Stores, actor: Actor, *, kind: SeriesKind, number: int) -> Listed:
    """End a course or campaign: its items stay in the library. Raises NotAllowed, NoSuchSeries."""
    found = show(stores, actor, kind=kind, number=number).series
    if kind is SeriesKind.COURSE:
        stores.courses.remove(found.code)
    else:
        stores.campaigns.remove(found.code)
    action = COURSE_ENDED if kind is SeriesKind.COURSE else CAMPAIGN_ENDED
    stores.audit.note(actor.member.id, action, f"study_{kind}:{number}", old=found.title, new=None, at=actor.now)
    return listing(stores, actor)
