"""The use cases of the parts of study, for the test of permissions."""
