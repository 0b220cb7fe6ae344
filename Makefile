# make serve: the demo site on this machine.  make test: every check.
# make model PAIRS=FOLDER: a model like the bundled one from nothing, see docs/training.md.

PYTHON ?= python3
VENV ?= .venv
DEMO ?= .demo
HOST ?= 127.0.0.1
PORT ?= 8000
MODEL ?= .model

BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --use-pep517 --constraint constraints.txt

.PHONY: serve test lint bench docs model format clean

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

# A folder is there when it is whole, and a run that was interrupted goes on from its checkpoint.
model: $(MODEL)/bundled/calibration-titles.json

JUDGED := data/judgments
FOLDER = $(or $(PAIRS),$(error name the folder of question pairs: make model PAIRS=FOLDER))
TRAIN = $(BIN)/loanfaq train $(FOLDER)/train $(MODEL)/pairs --dev $(FOLDER)/dev \
	--evaluate-every 300 --checkpoint $(@D).checkpoint
INDEX = $(BIN)/loanfaq index --model $(@D) --index $(MODEL)/index --replace
CALIBRATE = $(BIN)/loanfaq calibrate $(JUDGED)/dev.jsonl --index $(MODEL)/index --save-to $(@D)

$(MODEL)/pairs/judged.tsv: $(VENV)/installed
	@test -d $(FOLDER)/train || { echo "$(FOLDER)/train is no folder of question pairs" >&2; exit 2; }
	$(BIN)/loanfaq pairs data/corpus data/training/topics.jsonl --judgments $(JUDGED)/train.jsonl \
		--held-out $(JUDGED)/dev.jsonl --held-out $(JUDGED)/test.jsonl --out $(@D)

# Five from nothing, each by other chance and with tables of its own.
ALONE := $(patsubst %,$(MODEL)/%/encoder.json,second first third fourth fifth)

$(ALONE): $(MODEL)/pairs/judged.tsv
	$(TRAIN) --from none $(NEW) --sets data/training/new.toml --out $(@D)

$(MODEL)/first/encoder.json: NEW = --layers 2 --seed 13
$(MODEL)/second/encoder.json: NEW = --layers 4 --seed 14
$(MODEL)/third/encoder.json: NEW = --layers 2 --seed 15
$(MODEL)/fourth/encoder.json: NEW = --layers 2 --seed 16
$(MODEL)/fifth/encoder.json: NEW = --layers 2 --seed 17

# The one that comes first there is taught by all, twice over: each time the rate falls to 0.
TEACH = $(TRAIN) --from $(<D) $(patsubst %/encoder.json,--teacher %,$(ALONE)) \
	--sets data/training/taught.toml --out $(@D)

$(MODEL)/taught/encoder.json: $(ALONE)
	$(TEACH) --seed 13

$(MODEL)/bundled/encoder.json: $(MODEL)/taught/encoder.json $(ALONE)
	$(TEACH) --seed 14

# What is fitted with other wordings and what with titles alone stand beside each other.
$(MODEL)/bundled/calibration-titles.json: $(MODEL)/bundled/encoder.json
	$(INDEX)
	$(CALIBRATE)
	$(INDEX) --without-asked
	$(CALIBRATE)

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
