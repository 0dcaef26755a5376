"""People: who is who, where they belong, what they may do."""

from storage.feature import Feature
from storage.people import branch, invitation, member, role, roster

FEATURES: tuple[Feature, ...] = (
    branch.FEATURE,
    member.FEATURE,
    roster.FEATURE,
    role.FEATURE,
    invitation.FEATURE,
)
