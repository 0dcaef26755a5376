"""People: who is who, where they belong, what they may do."""
