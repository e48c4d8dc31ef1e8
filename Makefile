# Every target does its own set-up: a machine with Python >= 3.11, pip and make is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORY := sample_reports/inputs/identity
# pip works on the new environment from outside it, so Debian's python3-venv is not needed.
INSTALL := $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python install --quiet
# axe looks for barriers in the HTML report; of the package that brings it, nothing else is needed.
AXE := $(INSTALL) --no-deps axe-playwright-python==0.1.8 || echo "without axe: its tests are skipped"

.DEFAULT_GOAL := help
.PHONY: help demo test check golden samples pictures bench peers fuzz lab accuracy package clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/demo.stamp ## diagnose a story: 28 of 184 tests fail with 8 workers
	$(BIN)/diagnose compare $(STORY)/serial.xml $(STORY)/parallel.xml,$(STORY)/parallel.log@8 \
		-o build/demo/report.json
	@echo "The same for programs: build/demo/report.json"

test: $(VENV)/test.stamp ## run the tests: all of them on two cores, or those of ARGS
	@$(BIN)/python -m pytest $(or $(ARGS),-n 2)

check: $(VENV)/dev.stamp ## what CI runs: format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(or $(ARGS),-n 2)

golden: $(VENV)/test.stamp ## rewrite what the tests expect; then read the diff
	$(BIN)/python -m pytest --golden $(ARGS)

samples: $(VENV)/test.stamp ## rewrite sample_reports/ and the blocks of the README
	$(BIN)/python -m pytest --golden tests/test_samples.py tests/test_docs.py

pictures: $(VENV)/test.stamp ## photograph two samples for the README (needs chromium)
	$(BIN)/python -m tests.pictures

bench: $(VENV)/test.stamp ## measure speed and memory
	$(BIN)/python -m bench $(ARGS)

fuzz: $(VENV)/fuzz.stamp ## damage files by chance and by coverage, a minute each, and see what breaks
	$(BIN)/python -m pytest -q -m hypothesis
	$(BIN)/python -m fuzz $(ARGS)
	$(BIN)/python -m fuzz.guided $(GUIDED)

lab: $(VENV)/lab.stamp ## run suites with real faults, and record them (as root; an hour)
	$(BIN)/python -m lab run $(ARGS)

accuracy: $(VENV)/test.stamp ## score the recordings and texts, and rewrite docs/accuracy.md
	$(BIN)/python -m lab.accuracy --write docs/accuracy.md $(ARGS)

peers: $(VENV)/test.stamp ## measure other tools on the same files, and rewrite docs/performance.md
	$(BIN)/python -m bench.peers --install --write docs/performance.md $(ARGS)

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
	@$(AXE)
	@touch $@

# .ci/run asks for it before the tests: those that coverage guides are skipped without it.
$(VENV)/fuzz.stamp: $(VENV)/test.stamp
	@$(INSTALL) -e '.[fuzz]' || echo "without atheris: what it does is skipped"
	@touch $@

$(VENV)/lab.stamp: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[lab]'
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[dev]'
	@$(AXE)
	@touch $@
