"""The way that ends in the house itself: pages of a rehearsal go by it, and no other."""
