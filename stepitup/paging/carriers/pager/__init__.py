"""The on-screen pager of the demonstration: one phone a helper, as if you held it."""
