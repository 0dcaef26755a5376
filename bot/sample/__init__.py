"""The sample enterprise of the demo, and the study library that ships with the program."""
