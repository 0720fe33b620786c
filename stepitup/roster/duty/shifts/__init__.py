"""Shifts from another tool: a table (CSV) or a calendar (iCalendar), with every mistake told on its line."""
