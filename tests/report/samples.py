"""The samples of the area's features: a line each."""

from tests.report import samples_export, samples_summary

SAMPLES = (
    samples_export.SAMPLES,
    samples_summary.SAMPLES,
)
