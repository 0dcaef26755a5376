"""Reports: summaries and exports."""
