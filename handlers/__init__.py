"""Chat in: parse, one use case, one answer."""
