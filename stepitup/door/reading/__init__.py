"""Screens to read: danger, worry, who runs this, what we hold, what stays private. No call is needed to open them."""
