"""Messages: what comes in, what goes out, and when."""
