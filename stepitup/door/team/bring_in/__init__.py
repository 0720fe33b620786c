"""A roster file in, and out: first what would change or what is wrong, then a yes. And the whole roster as a file."""
