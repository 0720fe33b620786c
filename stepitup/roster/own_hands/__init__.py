"""What a helper keeps in their own hands: their words, their ways, their hours, and leaving. Nobody asks why."""
