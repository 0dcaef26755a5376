"""The use cases of points by feature, for the test of permissions."""
