"""The features of people, in the order in which people meet them."""

from domain.feature import Feature
from domain.people import branch, invitation, leave, member, person, privacy, role, roster, welcome

FEATURES: tuple[Feature, ...] = (
    branch.FEATURE,
    member.FEATURE,
    person.FEATURE,
    role.FEATURE,
    roster.FEATURE,
    invitation.FEATURE,
    privacy.FEATURE,
    leave.FEATURE,
    welcome.FEATURE,
)
