"""The people of the roster, as their coordinator keeps them: look, add, change, suspend, take off."""
