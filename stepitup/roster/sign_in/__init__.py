"""Who may open the team's own screens, by which role, and since when. A caller needs nothing of this."""
