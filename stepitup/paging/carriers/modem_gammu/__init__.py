"""Text messages by a modem of one's own: a SIM card, a USB modem, and Debian's `gammu-smsd` beside this house.

The two speak through folders of files: we put a message into the outbox, the daemon sends it and moves it on; what
comes in lies in the inbox. Nobody else sees a page but the phone company of the SIM card and the helper's own.
"""
