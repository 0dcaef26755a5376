"""What activities have of people, how it is shown to them and erased."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from domain.table import Code
from storage.feature import ERASED, MEMBER, Feature, Personal, subject
from storage.life.activity import CURRENT, activity, photo, who
from storage.life.activity_tables import (
    activities,
    activity_people,
    activity_photos,
    activity_resources,
    activity_wishes,
)

OWN_SIGNUPS = (
    select(
        activity.title,
        activity.starts_at,
        who.place,
        who.family,
        who.at,
        who.present_at,
        who.pleased,
        who.prepared,
        who.again,
    )
    .join_from(activity_people, activities, activity.id == who.activity_id)
    .where(who.member_id == MEMBER)
    .order_by(activity.starts_at, activity.id)
)
OWN_PROPOSED = (
    select(activity.title, activity.starts_at, activity.place, activity.proposed_at)
    .where(activity.proposer_id == MEMBER)
    .order_by(activity.id)
)
OWN_APPROVED = (
    select(activity.title, activity.starts_at, activity.reason)
    .where(activity.approver_id == MEMBER)
    .order_by(activity.id)
)
OWN_PHOTOS = (
    select(activity.title, photo.at)
    .join_from(activity_photos, activities, activity.id == photo.activity_id)
    .where(photo.member_id == MEMBER)
    .order_by(photo.id)
)


def told_signup(line: Sequence[Any]) -> tuple[Any, ...]:
    """A sign-up in words."""
    title, starts_at, place, *rest = line
    return title, starts_at, Code(f"seat.{place}"), *rest


KEPT = "kept under a number: the branch's record of its activities stays right"
FEATURE = Feature(
    tables=(activities, activity_people, activity_resources, activity_photos, activity_wishes),
    personal=(
        Personal(352, "signed_up", OWN_SIGNUPS, told_signup, texts="activity"),
        Personal(353, "proposed", OWN_PROPOSED, texts="activity"),
        Personal(354, "approved", OWN_APPROVED, texts="activity"),
        Personal(355, "photos", OWN_PHOTOS, texts="activity"),
    ),
    erase_member=(
        update(activity_people).where(who.member_id == ERASED).values(pleased=0, prepared=0, again=0),
        delete(activity_photos).where(photo.member_id == ERASED),
    ),
    not_erased={"activities": KEPT},
    open_subjects=(
        select(subject("activity:", activity.id)).where(CURRENT),
        select(subject("activity_desk:", activity.id)).where(CURRENT),
    ),
)
