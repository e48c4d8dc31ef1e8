# Every target does its own set-up: a machine with Python >= 3.11, pip and make is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORY := sample_reports/inputs/identity
# pip works on the new environment from outside it, so Debian's python3-venv is not needed.
INSTALL := $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python install --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check golden samples bench fuzz package clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/demo.stamp ## diagnose a story: 28 of 184 tests fail with 8 workers
	$(BIN)/diagnose compare $(STORY)/serial.xml $(STORY)/parallel.xml,$(STORY)/parallel.log@8 \
		-o build/demo/report.json
	@echo "The same for programs: build/demo/report.json"

test: $(VENV)/test.stamp ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev.stamp ## what CI runs: format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(ARGS)

golden: $(VENV)/test.stamp ## rewrite what the tests expect; then read the diff
	$(BIN)/python -m pytest --golden $(ARGS)

samples: $(VENV)/test.stamp ## rewrite sample_reports/ and the blocks of the README
	$(BIN)/python -m pytest --golden tests/test_samples.py tests/test_docs.py

bench: $(VENV)/test.stamp ## measure speed and memory
	$(BIN)/python -m bench $(ARGS)

fuzz: $(VENV)/test.stamp ## damage real files for a minute, and see what breaks
	$(BIN)/python -m fuzz $(ARGS)

package: $(VENV)/test.stamp ## build the wheel and the sdist into dist/
	$(BIN)/python -m hatchling build

clean: ## remove all that the other targets made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/demo.stamp: pyproject.toml | $(BIN)/python
	$(INSTALL) -e .
	@touch $@

$(VENV)/test.stamp: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[test]'
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[dev]'
	@touch $@
