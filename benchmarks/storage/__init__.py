"""What is remembered: reading totals from a small ledger and from a large one."""
