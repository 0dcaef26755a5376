"""The samples of the area's features: a line each."""

from tests.points import samples_points

SAMPLES = (samples_points.SAMPLES,)
