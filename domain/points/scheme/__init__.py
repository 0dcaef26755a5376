"""Schemes: published rules, as data, that turn events into points."""
