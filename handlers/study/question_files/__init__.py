"""Questions come in from files, in chat and on the command line; what they hold becomes the library's questions."""
