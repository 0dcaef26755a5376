"""Administration: settings, the audit log, maintenance."""
