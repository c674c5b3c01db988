# Two commands for a newcomer: `make chat` and `make test`. Everything else is for who builds.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: chat test check setup counterparts web teams-app train lock audit model-nl clean

chat: setup
	@$(BIN)/routewijzer chat

# Tests of doors and servers wait more than they work: they run beside the rest, and are told of after it.
TESTS := tests
BESIDE := tests/bot tests/benchmarks tests/bestand
BESIDE_LOG := .routewijzer/tests.log

test: setup
	@$(BIN)/routewijzer train
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -p no:cacheprovider $(BESIDE) > $(BESIDE_LOG) 2>&1 & beside=$$!; \
	trap "kill $$beside" INT TERM; \
	$(BIN)/python -m pytest $(TESTS) $(BESIDE:%=--ignore=%); failed=$$?; \
	wait $$beside || failed=$$?; cat $(BESIDE_LOG); exit $$failed

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy kennisbank bot actions benchmarks tests
	@$(BIN)/routewijzer kennisbank controleer

setup:
	@$(PYTHON) scripts/bootstrap.py

# A real browser and emulators for the tests of the doors; those tests skip where it was not run.
counterparts:
	@$(PYTHON) scripts/counterparts.py

# The components of NL Design System for the web page, from the packages that `counterparts` installs.
web: counterparts
	@$(PYTHON) scripts/build_web.py

# The package to upload in Teams, with the values of this organisation (docs/beheer/teams.md).
teams-app: setup
	@$(BIN)/python -m scripts.teams_app

train: setup
	@$(BIN)/routewijzer train

# Known vulnerabilities in what is pinned; scripts/audit.yml names those that cannot be reached here.
audit: setup
	@$(BIN)/python scripts/audit.py

# The Dutch spaCy model lives on its own release page, not in the package index.
model-nl: setup
	@$(BIN)/python -m spacy download nl_core_news_sm

# Pins every package with its hashes, in a file that names no host.
lock: setup
	@.tools/bin/uv pip compile pyproject.toml --extra dev --python-version 3.10 --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements.txt

clean:
	rm -rf .venv .tools .routewijzer .rasa
