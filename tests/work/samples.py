"""The samples of the area's features: a line each."""

from tests.work import samples_task

SAMPLES = (samples_task.SAMPLES,)
