"""Other apps (ntfy, Signal, Matrix, Telegram …) through the library `apprise`: an additional way, never the only one.

The library says only yes or no, and yes means that a server took it. Whether a phone showed it, nobody tells us.
"""
