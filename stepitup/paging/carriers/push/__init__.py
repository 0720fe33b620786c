"""Notices in a helper's browser (Web Push, RFC 8030, 8291, 8292): a courtesy, never the only way.

They pass the browser maker's relay, which sees that this browser got a notice of 128 bytes and from whom, and can read
nothing. They can be muted, and nobody tells us.
"""
