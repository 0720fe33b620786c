"""Drills on a screen: begin one, and see who was reached. Nobody's minutes are on it but one's own."""
