"""The use cases of voice, feature by feature."""
