from tests.samples import Samples

SAMPLES = Samples("draft")
