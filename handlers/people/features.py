"""The features of people in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.people import branch, invitation, language, leave, privacy, role, roster, welcome

FEATURES: tuple[Feature, ...] = (
    welcome.FEATURE,
    leave.FEATURE,
    language.FEATURE,
    invitation.FEATURE,
    role.FEATURE,
    branch.FEATURE,
    roster.FEATURE,
    privacy.FEATURE,
)
