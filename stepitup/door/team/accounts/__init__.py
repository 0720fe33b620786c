"""Who may sign in: roles, closing, signing out. For coordinators; no time of a sign-in stands anywhere."""
