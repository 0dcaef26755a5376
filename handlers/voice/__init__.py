"""Voice: surveys and suggestions."""
