"""The watch: time's own entrance. One loop that sends what waits, escalates what is due, forgets what is old, beats its heart."""
