"""The samples of the area's features: a line each."""

from tests.clock import samples_calendar, samples_schedule

SAMPLES = (
    samples_calendar.SAMPLES,
    samples_schedule.SAMPLES,
)
