"""The samples of the area's features: a line each."""

from tests.admin import samples_audit, samples_doctor, samples_setting, samples_store

SAMPLES = (
    samples_audit.SAMPLES,
    samples_doctor.SAMPLES,
    samples_setting.SAMPLES,
    samples_store.SAMPLES,
)
