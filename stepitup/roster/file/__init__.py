"""The roster file: one readable TOML file that holds the whole team. docs/roster-file.md tells how to write it."""
