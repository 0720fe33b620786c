"""The desk: the operator's entrance. One command a need: run, check, try, copy, bring in and take out."""
