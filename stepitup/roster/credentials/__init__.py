"""Certificates, appointments and licences: what there is, what was checked, until when it holds.

`kinds` is what we know of each certificate, `record` one of a helper's own and whether it holds, `npi` and `registry`
look at a clinician's number, `reminders` tell a helper in time.
"""
