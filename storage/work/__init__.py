"""Work: tasks with an owner, a deadline and an outcome."""
