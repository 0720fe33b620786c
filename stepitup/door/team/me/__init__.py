"""A helper's own screens: their words, their ways, their hours, a break, their credentials, and leaving."""
