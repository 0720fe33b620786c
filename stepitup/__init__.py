"""Step It Up: a responder presses once, and a trained person answers."""
