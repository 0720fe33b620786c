"""Inside a house: the environment names its data folder and database (`bench.houses`), and Django stands.

Each measure is a program of its own, so that none inherits another's memory: `python -m bench.inside.presses`.
"""

import django

django.setup()
