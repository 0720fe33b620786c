"""The team's own screens, for whoever is signed in. Callers and whoever answers a page never pass through here."""
