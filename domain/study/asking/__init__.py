"""Asking questions and taking answers: what daily questions, sets, challenges, reviews and matches have in common."""
