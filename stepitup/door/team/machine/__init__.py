"""What the operator looks after: engine, carriers, root key, safe copies, what `check` says. Never a call."""
