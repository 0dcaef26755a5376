"""Messages: forms, help and menus, polls, messages without a command."""
