# Splinterlog's targets; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.DEFAULT_GOAL := help

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Splinterlog needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(STAMP) ## make the virtual environment in .venv

.PHONY: test
test: $(STAMP) ## check types and style, run all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

.PHONY: lock
lock: $(STAMP) ## pin the dependencies anew, with hashes and no index address
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --strip-extras --allow-unsafe --no-header \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml

.PHONY: train
train: $(STAMP) ## train the judge on the labelled documents in GOLD (files), write nlp/judge.json
	$(BIN)/python -m nlp.train $(GOLD)

.PHONY: demo
demo: $(STAMP) ## crawl the sample site, build its database, show it on 127.0.0.1:8001
	$(BIN)/splinterlog demo

.PHONY: sample
sample: $(STAMP) ## the same without showing it
	$(BIN)/splinterlog demo --no-serve
