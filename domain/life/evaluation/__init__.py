"""The evaluation of branches, teams and persons: figures from the store, a scheme, rounds."""
