"""Tagging, measured; and the training of its model."""
