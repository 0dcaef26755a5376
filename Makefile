# Everything is set up by the target that needs it, on a machine that has only Python and its venv module.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8081
KILLS ?= 500
MINUTES ?= 10
WORKERS ?= 3
# Tests start many processes; each would compile the program anew where nobody may keep what was compiled.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal
SLOW_TESTS := tests/faults tests/clients tests/benchmarks tests/readers tests/architecture/test_recipe.py \
  tests/architecture/test_package.py tests/architecture/test_seams.py tests/bot/test_workers.py tests/bot/test_any_update.py tests/bot/test_limits.py \
  tests/bot/test_harmful_files.py tests/sheets/test_harmful_files.py tests/sheets/test_process.py \
  tests/people/test_roster_harm.py tests/points/test_tampering.py tests/messaging/test_foreign_objects.py \
  tests/messaging/test_bad_input.py tests/messaging/test_secondhand.py tests/people/test_admission.py \
  tests/bot/test_history.py tests/life/test_meeting_harm_store.py tests/life/test_activity_harm_store.py

.PHONY: demo bench test test-all test-rest test-browser soak pictures check format lock clean

demo: .venv/.run
	$(BIN)/jingyi demo --port $(PORT)

# What to see pass after a change: about five minutes on two processors; three at once, as tests also wait. WORKERS=8 on a larger machine.
test: .venv/.test
	$(PYTEST) -m 'not browser and not again' $(SLOW_TESTS:%=--ignore=%)

# Everything: also attacks, kills and other faults, programs of other libraries, the benchmarks' own tests; a real browser
# beside two others, as its tests mostly wait.
test-all: .venv/.test
	$(MAKE) --jobs 2 WORKERS=$(if $(filter file,$(origin WORKERS)),2,$(WORKERS)) test-rest test-browser

test-rest: .venv/.test
	$(PYTEST)

test-browser: .venv/.test
	$(BIN)/python -m pytest -m browser tests/browser

# New examples for every property, any text for every reader of text, then hundreds of kills on each engine, while
# people and the clock keep the bot busy; three quarters of an hour.
soak: .venv/.test
	$(PYTEST) -m 'hypothesis and not browser' --hypothesis-profile search
	$(BIN)/python -m tests.readers --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))
	$(BIN)/python -m tests.faults.files $(if $(SEED),--seed $(SEED))
	$(BIN)/python -m tests.faults --kills $(KILLS) $(if $(SEED),--seed $(SEED))

# A table, and benchmarks/results/latest.json. Takes a quarter of an hour; nothing else should run meanwhile.
bench: .venv/.test
	$(BIN)/python -m benchmarks all

# The pictures of the README and of the guide, taken anew in the browser.
pictures: .venv/.test
	JINGYI_PICTURES=docs/images JINGYI_GUIDE=docs/guide/images $(BIN)/python -m pytest -m browser tests/browser/test_main_job.py tests/browser/test_guide.py

check: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# After a change of dependencies: installs the newest that pyproject.toml allows and writes down what was tested.
lock: .venv/bin/python
	$(BIN)/pip install --quiet --upgrade --editable '.[test]'
	$(BIN)/pip freeze --exclude-editable > requirements.lock

clean:
	rm -rf .venv build *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Jingyi needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python pyproject.toml requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	@touch $@

.venv/.test: .venv/bin/python pyproject.toml requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[test]'
	@touch $@ .venv/.run
