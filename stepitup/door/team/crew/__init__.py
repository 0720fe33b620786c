"""A crew after a bad day: whom to offer to each of them, as a list. Nothing of it is kept, and nobody is called."""
