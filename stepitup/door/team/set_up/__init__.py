"""Day one: what a team settles before its first night, one question a screen, each answer signed and dated."""
