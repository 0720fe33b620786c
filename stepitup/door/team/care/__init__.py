"""What the clinical lead looks after: credentials and their evidence, who is fit, whom a helper asks. Never a call."""
