"""Study: daily study items and quizzes."""
