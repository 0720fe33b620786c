"""Today, for a coordinator: is somebody there, does it work, what lapses. Never a call, an hour or a load."""
