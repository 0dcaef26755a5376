"""The samples of the area's features: a line each."""

from tests.messaging import samples_alarm, samples_draft, samples_general, samples_help

SAMPLES = (
    samples_alarm.SAMPLES,
    samples_draft.SAMPLES,
    samples_general.SAMPLES,
    samples_help.SAMPLES,
)
