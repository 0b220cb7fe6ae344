# make serve: the demo site on this machine.  make test: every check.

PYTHON ?= python3
VENV ?= .venv
DEMO ?= .demo
HOST ?= 127.0.0.1
PORT ?= 8000

BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --use-pep517 --constraint constraints.txt

.PHONY: serve test lint bench docs format clean

serve: $(VENV)/installed
	@$(BIN)/loanfaq index --index $(DEMO)/index --if-stale --replace
	@exec $(BIN)/loanfaq serve --index $(DEMO)/index --state $(DEMO)/state --host $(HOST) --port $(PORT)

# Two at a time, a file whole, long ones first (tests/conftest.py); benchmarks are no tests.
test: lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 15 -p no:benchmark

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed-dev
	$(BIN)/python -m pytest tests/benchmarks -o python_files="bench_*.py" -o python_functions="bench_*" \
		--benchmark-columns=min,median,max,ops --benchmark-group-by=group

docs: $(VENV)/installed-dev
	$(BIN)/python -m tests.docs.cli_reference
	$(BIN)/python -m tests.docs.console

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(DEMO) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/installed: pyproject.toml constraints.txt
	@echo "installing loanfaq into $(VENV); the first time this takes some minutes"
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP) --editable '.[dev]'
	@touch $@
