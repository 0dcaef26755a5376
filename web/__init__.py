"""Browser in: webhook and health."""
