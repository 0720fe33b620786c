"""The door: people's own entrance. Screens, forms, the API, live updates. It holds no rules: it asks the rooms."""
