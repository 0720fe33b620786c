"""Incidents: who was there, who looks into it, so that neither is sent. A word and two days; nothing of a caller."""
