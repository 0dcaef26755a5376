"""The clock: schedules and the calendar."""
