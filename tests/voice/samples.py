"""The samples of the area's features: a line each."""

from tests.voice import samples_suggestion, samples_survey

SAMPLES = (
    samples_suggestion.SAMPLES,
    samples_survey.SAMPLES,
)
