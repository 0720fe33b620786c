"""The few words that templates may use of ours."""
