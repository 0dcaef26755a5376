"""The samples of the area's features: a line each."""

from tests.study import samples_study

SAMPLES = (samples_study.SAMPLES,)
