"""Replies: somebody at the door who answers a page by text or by a key. The door hears; `calls` decides.

`by_modem` is for a modem of one's own; everything else is what a provider brings us, for its machines alone: `known`
says whether a request is a provider's own, `twiml` is how we answer it. Nothing that was said is kept or logged.
"""
