"""People: accounts, the roster, branches, roles, leave, privacy."""
