"""The API: the same verbs as the screens, for programs. One thin layer: read, do the deed, shape the answer.

`said` is what a program may say, `shapes` what it is told, `problems` how trouble is put into words.
"""
