"""The running program: presses, pushes, its start and its memory."""
