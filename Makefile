# The commands that people and CI type; every one works on a fresh machine with Python and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test check lint types imports bench score faults lock clean

run: $(VENV)/.runtime
	@exec $(BIN)/python -m tracker serve

test: $(VENV)/.development
	@$(BIN)/python -m tests.prepare
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: lint types imports

lint: $(VENV)/.development
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.development
	@$(BIN)/mypy

imports: $(VENV)/.development
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.development
	@$(BIN)/python -m tests.bench

score: $(VENV)/.development
	@$(BIN)/python -m tests.score

lock: $(VENV)/.development
	@for part in "" -prod -dev; do \
	  $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --quiet \
	    --no-header requirements$$part.in -o requirements$$part.txt; done

$(VENV)/.runtime: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the tracker needs (once) …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements-dev.txt requirements-prod.txt
	@echo "Installing what the tests need (once) …"
	@$(PIP) -r requirements.txt -r requirements-prod.txt -r requirements-dev.txt
	@touch $@

clean:
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

faults: $(VENV)/.development
	@$(BIN)/python -m tests.faults N=$(or $(N),1000) MANY=$(or $(MANY),10000)
