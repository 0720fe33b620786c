"""Voice, over the HTTP API of Twilio or of a provider that speaks the same: the phone rings and speaks."""
