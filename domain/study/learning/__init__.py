"""What was learnt: reach, understanding, what stays, and what is hard, by group and branch."""
