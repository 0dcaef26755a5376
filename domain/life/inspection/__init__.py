"""Cross-inspection: branches inspect one another by a rubric, answer what was found, and are ranked."""
