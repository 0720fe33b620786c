"""The log book on a screen: what coordinators did, whether anybody touched it, and a card to keep elsewhere."""
