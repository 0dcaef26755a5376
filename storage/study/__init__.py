"""Study: what is learned each day."""
