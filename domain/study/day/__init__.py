"""What a group studies on a day: the plan of the next days, the prompts, and what somebody has missed."""
