"""What was tried, who needs and offers help, who works where."""
