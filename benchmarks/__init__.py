"""How fast the program is, measured against something else in the same run; `python -m benchmarks --help`."""
