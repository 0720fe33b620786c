"""A provider of text and voice that speaks Twilio's HTTP API, at Twilio or elsewhere: what both carriers share.

`line` is the road there, within one limit of time; `account` what is asked of it; `trouble` what its refusals mean;
`signature` how its own requests to us are known; `fail_over` which of two providers a text goes by.
"""
