"""SQLite with one queue for writers: whoever begins a transaction waits here, first come, first served.

SQLite lets one write at a time and makes the others poll; under load a poller can starve for seconds. A queue in the
process gives every press its turn. It is the database backend named in the settings, and the only place that knows.
"""
