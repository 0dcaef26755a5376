"""What is true: a week's summary."""
