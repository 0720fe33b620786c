"""Replies: somebody at the door who answers a page by text or by a key. The door hears; `calls` decides."""
