"""How fast the house is. `make bench` prints ratios and conditions and asserts nothing; docs/benchmarks.md says more.

`__main__` makes a house for each measure, on a real disk, and runs the measure of `bench.inside` in it.
"""
