"""Talk: the sealed conversation between two seats. Empty for now.

This room will keep key packages, the epochs of groups, and mailboxes with sealed messages until their last day. It
will never hold a key and never a word: what passes here can be opened only on the phones of those who talk. It cannot
see the roster, so that the server cannot join a name to a message. Until it is built, caller and helper are joined by
a ring: by the number the caller chose to give, or by the helper's team number.
"""
