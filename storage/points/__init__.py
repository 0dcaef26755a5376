"""Points: the ledger and the boards."""
