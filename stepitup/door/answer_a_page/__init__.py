"""A helper's way: a page with two buttons, the seat beside a caller, and how they are afterwards.

`page` is what a page's link opens, `way_in` what the link opens that goes out after a yes by text, `seat` what whoever
took the call sees and does, `afterwards` is for themselves. Opening a link changes nothing: mail scanners and previews
open links too. Only a press does.
"""
