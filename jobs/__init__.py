"""Clock in: each job's body and its schedule side by side."""
