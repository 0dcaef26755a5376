"""TOML files that administrators send: their tables, and all that is wrong with them, each with its line."""
