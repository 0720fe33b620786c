"""The demonstration: an on-screen pager, one phone a helper, as if you held it. There is none in a real house."""
