"""The watch: time's own entrance. It sends what waits, escalates what is due, forgets what is old, beats its heart."""
