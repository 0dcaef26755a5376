"""The samples of the area's features: a line each."""

from tests.people import (
    samples_branch,
    samples_invitation,
    samples_language,
    samples_leave,
    samples_member,
    samples_picking,
    samples_privacy,
    samples_role,
    samples_roster,
    samples_welcome,
)

SAMPLES = (
    samples_branch.SAMPLES,
    samples_invitation.SAMPLES,
    samples_language.SAMPLES,
    samples_leave.SAMPLES,
    samples_member.SAMPLES,
    samples_picking.SAMPLES,
    samples_privacy.SAMPLES,
    samples_role.SAMPLES,
    samples_roster.SAMPLES,
    samples_welcome.SAMPLES,
)
