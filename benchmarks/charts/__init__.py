"""What is seen: pictures."""
