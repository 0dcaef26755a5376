"""Review: questions that were not known come back in private, when they would be forgotten."""
