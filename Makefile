# What one does in a checkout. Needs a Python of 3.11 or later, pip and make; everything else is fetched into $(VENV).

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SEEDS ?= $(wildcard seeds/*.txt)
FUZZ ?= 2000
SEED ?= 1
SIZE ?= 240

.DEFAULT_GOAL := help
.PHONY: help advise java shells browser test test-spark test-shells test-web pictures calibrate fuzz chaos mutants bench bench-peers docs schema verify-sources wheel constraints clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' Makefile

advise: $(INSTALLED) ## advice on a situation that comes with plenipo
	@$(BIN)/plenipo advise november-2020-transition

test: $(INSTALLED) ## everything that has to hold: format, lint, types, layers, tests, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2

# java says: openjdk version "17.0.15"; before the ninth it said "1.8.0"
java:
	@said=$$($${JAVA_HOME:+"$$JAVA_HOME"/bin/}java -version 2>&1) || said=; \
	version=$$(printf '%s\n' "$$said" | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1); \
	test -n "$$version" && found="the one here is older ($$version)" || found="there is none here"; \
	test "$${version:-0}" -ge 17 || { \
		echo "make test-spark needs a Java runtime, 17 or later, and $$found:" \
			"apt install openjdk-17-jre-headless, or set JAVA_HOME" >&2; \
		exit 1; }

test-spark: java $(INSTALLED) ## batches on a cluster of three processes (needs Java 17, fetches pyspark, 450 MB)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,spark]'
	$(BIN)/pytest -q -o addopts="--strict-markers --strict-config --doctest-modules" tests/batch/spark src/plenipo/batch/spark

shells:
	@for shell in bash zsh; do command -v $$shell >/dev/null || { \
		echo "make test-shells needs bash and zsh, and there is no $$shell here: apt install $$shell" >&2; exit 1; }; done

test-shells: shells $(INSTALLED) ## completion in bash and in zsh, on a terminal (needs both)
	$(BIN)/pytest -q -o addopts="--strict-markers --strict-config" tests/cli/shells

# Debian's Chromium; Playwright itself would fetch one of its own
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } || { \
		echo "this needs a browser, and there is none here: apt install chromium" >&2; exit 1; }

test-web: browser $(INSTALLED) ## the page in a real browser, and its API (needs Chromium, fetches playwright and schemathesis)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,browser]'
	$(BIN)/pytest -q -o addopts="--strict-markers --strict-config" tests/browser

pictures: browser $(INSTALLED) ## take the pictures in docs/pictures anew
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,browser]'
	$(BIN)/python -m tests.browser.pictures

calibrate: $(INSTALLED) ## how far verdicts and briefs agree with careful readers of the essays
	@$(BIN)/python -m tests.calibrate

fuzz: $(INSTALLED) ## the engines on FUZZ made-up rulebooks, other ones every time (five minutes)
	PLENIPO_FUZZ=$(FUZZ) $(BIN)/pytest -q tests/engines/test_differential.py

chaos: $(INSTALLED) ## kills, full disks, crowds and thousands of damaged files (ten minutes; SEED draws others; root mounts the disk)
	@$(BIN)/python -m tests.chaos --seed $(SEED)

mutants: $(INSTALLED) ## which of SIZE mutants of the code the tests let live (an hour; SEED draws others; fetches mutmut)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt mutmut==3.8.1
	@$(BIN)/python -m tests.mutants $(SEED) $(SIZE)

bench: $(INSTALLED) ## how long it takes and how much memory
	@$(BIN)/python -m benchmarks

bench-peers: $(INSTALLED) ## how fast other rule engines are with the same rules (fetches them into build/peers)
	@for program in swipl node npm; do command -v $$program >/dev/null || { test $$program = swipl && \
		test "$$(id -u)" = 0 && apt-get install -y -qq --no-install-recommends swi-prolog-nox >/dev/null; } || \
		echo "$$program is not there, and what needs it is left out (apt install swi-prolog-nox nodejs npm)" >&2; done
	test -x build/peers/venv/bin/python || $(PYTHON) -m venv build/peers/venv
	build/peers/venv/bin/python -m pip install --quiet --disable-pip-version-check clipspy==1.0.6 zen-engine==2.1.3
	! command -v npm >/dev/null || npm install --silent --no-fund --no-audit --prefix build/peers json-rules-engine@7.3.1
	@$(BIN)/python -m benchmarks.peers

docs: $(INSTALLED) ## write anew the documents that are generated
	$(BIN)/python -m tests.generated

schema: $(INSTALLED) ## write anew the JSON Schemas
	$(BIN)/plenipo schema --out rules/schemas

verify-sources: $(INSTALLED) ## compare the citations with the essays: make verify-sources SEEDS="one.txt two.txt"
	@$(BIN)/plenipo sources verify $(SEEDS)

wheel: $(INSTALLED) ## the wheel, under dist/
	$(BIN)/python -m build --wheel

constraints: ## pin anew everything the project installs
	rm -rf build/constraints && $(PYTHON) -m venv build/constraints
	build/constraints/bin/python -m pip install --quiet --editable '.[dev,browser,pdf,spark]'
	build/constraints/bin/python -m pip freeze --exclude-editable | grep '==' > constraints.txt

clean: ## remove what was made, the virtual environment included
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "plenipo needs Python 3.11 or later: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
