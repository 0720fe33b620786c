"""The API: the same verbs as the screens, for programs. One thin layer: read, do the deed, shape the answer.

`said` is what a program may say, `told` what it is told, `shapes` how that is made; `problems` is trouble in words.
"""
