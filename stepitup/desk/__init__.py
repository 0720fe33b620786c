"""The desk: the operator's entrance. One command a need: run, check, try, copy, bring in and take out.

Each command is a file with a `do(options) -> int`; the number is for the shell (0: as wanted, 1: something to mend).
What it says goes to whoever sits at the machine, in English, and names helpers by the key of the roster file alone.
"""
