"""Which phones are really a helper's own, as the team's root key says. A caller's details open there alone."""
