"""What sets the house up and checks it. Nothing here runs in a running house."""
