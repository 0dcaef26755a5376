"""Sets of questions: the week's, and those that a secretary gives out; and the challenge until the first error."""
