# Step It Up. `make help` lists what can be said here.
#
# Needs Python 3.11 or newer and make. `make run` needs no compiler, no root, no database server and no Node.

PORT ?= 8000
DATA ?= data
SEEDS ?= 1000
HOUSE ?= memory
DATABASE ?= sqlite
EVENTS ?= 0

# The operating system's own Python, where it is new enough: its updates come without anybody's doing, and distributions
# build it for speed (one built by hand took up to a fifth longer for the same tests). Otherwise the first on the PATH that is
# new enough. Another one: make PYTHON=/path/to/python3 run
SYSTEM_PYTHON := /usr/bin/python3
PYTHON ?= $(shell \
	if $(SYSTEM_PYTHON) -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $(SYSTEM_PYTHON); exit; fi; \
	for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; exit; fi; done; echo python3)

IN_VENV := .venv/bin/python

.DEFAULT_GOAL := help

.PHONY: help
help:  ## say what can be said here
	@grep -h -E '^[a-z-]+:.*  ## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*  ## /  make \1 @/' \
		| awk -F @ '{ printf "%-20s %s\n", $$1, $$2 }'

.PHONY: run
run: .venv/set-up-to-run  ## set everything up and start with a demonstration team (PORT=8000 DATA=data)
	@exec .venv/bin/stepitup run --demo --port "$(PORT)" --data "$(DATA)"

.PHONY: test
test: .venv/set-up-to-test  ## set everything up and run every check, on both databases and in a real browser
	@exec $(IN_VENV) -m workshop.check_everything

.PHONY: quick
quick: .venv/set-up-to-test  ## only the checks that take seconds: format, lint, types, imports
	@exec $(IN_VENV) -m workshop.check_everything --quick

.PHONY: format
format: .venv/set-up-to-test  ## write the code as the formatter likes it
	@$(IN_VENV) -m ruff format . && $(IN_VENV) -m ruff check --fix --quiet .

.PHONY: simulate
simulate: .venv/set-up-to-test  ## live through more nights with crashes and lying carriers (SEEDS=1000 HOUSE=real EVENTS=60)
	@exec $(IN_VENV) -m tests.simulation --seeds "$(SEEDS)" --house "$(HOUSE)" --database "$(DATABASE)" \
		--events "$(EVENTS)"

.PHONY: bench
bench: .venv/set-up-to-test  ## measure how fast, and print ratios and conditions; asserts nothing
	@exec $(IN_VENV) -m bench

.PHONY: screenshots
screenshots: .venv/set-up-to-test  ## take the README's pictures from the running program
	@exec $(IN_VENV) -m workshop.take_screenshots

.PHONY: what-we-hold
what-we-hold: .venv/set-up-to-test  ## write docs/what-we-hold.md from the tables themselves
	@exec $(IN_VENV) -m workshop.write_what_we_hold

.PHONY: lock
lock: .venv/set-up-to-test  ## look for newer versions of every part and write the lock files anew
	@exec $(IN_VENV) -m workshop.renew_locks

.PHONY: set-up
set-up: .venv/set-up-to-test  ## only set up .venv with everything, and start nothing

# One stamp a purpose: a second `make run` finds it newer than the lock file and starts at once.
.venv/set-up-to-run: requirements.lock workshop/installer.lock workshop/set_up.py
	@$(PYTHON) workshop/set_up.py run

.venv/set-up-to-test: requirements-dev.lock requirements.lock workshop/installer.lock workshop/set_up.py
	@$(PYTHON) workshop/set_up.py test
