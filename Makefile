# Splinterlog's targets; `make help` lists them. Each does its own set-up.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.DEFAULT_GOAL := help

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || \
		{ echo "$(PYTHON) is missing: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Splinterlog needs Python 3.11 or newer, and $(PYTHON) is older: make PYTHON=python3.11 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv is missing: sudo apt install python3-venv"; exit 1; }
	@echo "Setting up .venv; this takes some minutes once."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-8s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(STAMP) ## make the virtual environment in .venv

.PHONY: demo
demo: $(STAMP) ## crawl the sample site, build its database, show it on 127.0.0.1:8001
	$(BIN)/splinterlog demo

.PHONY: sample
sample: $(STAMP) ## the same without showing it
	$(BIN)/splinterlog demo --no-serve

.PHONY: refresh
refresh: $(STAMP) ## crawl, build and tell what came of it, as a timer does every night
	@$(BIN)/splinterlog refresh

.PHONY: test
test: lint ## check style and types, run all tests
	$(BIN)/python -m pytest

.PHONY: lint
lint: $(STAMP) ## check style and types alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: tools
tools: ## install what the tests of the site need, where it is missing: Chromium, nginx and R (Debian, Ubuntu)
	@command -v chromium >/dev/null && command -v nginx >/dev/null && command -v Rscript >/dev/null || \
		{ $(SUDO) apt-get update -q && $(SUDO) apt-get install -q -y --no-install-recommends chromium nginx-light r-base-core; }

.PHONY: screens
screens: $(STAMP) tools ## take the pictures of the pages in docs/screens/ anew
	$(BIN)/python -m docs.screens

.PHONY: docs
docs: $(STAMP) ## write docs/tables.md, docs/sources.md and the made parts of README.md and docs/api.md anew
	$(BIN)/python docs/pages.py

GOLD ?= $(wildcard data/gold/*.jsonl ../shared/eval/dev.jsonl ../shared/eval/irrelevant.jsonl)
.PHONY: train
train: $(STAMP) ## train the judge on all labelled documents, or those in GOLD (files); write nlp/judge.json
	@[ -n "$(GOLD)" ] || { echo 'Name the files of labelled documents: make train GOLD="one.jsonl two.jsonl"'; exit 1; }
	$(BIN)/python -m nlp.train $(GOLD)

.PHONY: baseline
baseline: $(STAMP) ## raise the floors of data/baseline.json to what is measured; WHY="..." may lower them
	$(BIN)/python -m nlp.baseline $(WHY)

.PHONY: lock
lock: $(STAMP) ## pin the dependencies anew, with hashes and no index address
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --strip-extras --allow-unsafe --no-header \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml

.PHONY: clean
clean: ## remove the virtual environment, caches and the demo's databases (never data/archive.db)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build ./*.egg-info data/demo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
