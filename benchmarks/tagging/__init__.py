"""What tags of suggestions are right, and at which cost."""
