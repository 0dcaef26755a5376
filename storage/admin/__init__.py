"""Administration: settings, the audit log, upkeep."""
