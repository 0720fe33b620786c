"""Text, over the HTTP API of Twilio or of a provider that speaks the same."""
