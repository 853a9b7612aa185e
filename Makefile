# Every command of the project. `make help` lists them.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && exit; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := --require-hashes --no-deps
EXPLORER := gateway/static/explorer

# Node.js has certificates of its own; with this it also trusts those of the machine, as pip does.
NODE_USE_SYSTEM_CA ?= 1
export NODE_USE_SYSTEM_CA

# Packages are installed uncompiled. Where nothing compiled may be kept either, each process compiles what it
# imports, and `svod` starts in eight seconds, not in two.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check conformance fuzz prove-rights prove-search schema format lock explorer bench planted \
  bench-search endurance pictures clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run explorer ## install, start own PostgreSQL and Redis, load demo data, serve
	@$(BIN)/svod serve

# On two cores: what the two foremost leave of them while they wait, the third takes.
PROCESSES ?= 3
test: $(VENV)/.dev explorer ## run every test
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev ## style, types, import contracts, schema.graphql equal to the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/svod schema check

conformance: $(VENV)/.dev ## run graphql-core's own execution tests through the engine
	@$(BIN)/python tests/engine/conformance/run.py

N ?= 20000
fuzz: $(VENV)/.dev ## compare N random operations (20,000) with graphql-core
	@$(BIN)/python -m tests.engine.differences $(N)

OPERATIONS ?= 100000
prove-rights: $(VENV)/.dev ## compare OPERATIONS random operations (100,000) with an oracle that redacts first; SEED=…
	@$(BIN)/python -m tests.proof $(OPERATIONS) $(if $(SEED),--seed $(SEED))

planted: $(VENV)/.dev ## the tests that are smaller in `make test`, at their full size
	@PLANTED=all $(BIN)/python -m pytest -n 2 --dist loadfile tests/search/test_changes.py tests/sources/test_plans.py

SEARCHES ?= 10000
prove-search: $(VENV)/.dev ## compare SEARCHES random searches (10,000) with an oracle in plain SQL; SEED=…
	@$(BIN)/python -m tests.search $(SEARCHES) $(if $(SEED),--seed $(SEED))

schema: $(VENV)/.dev ## print the schema into schema.graphql
	@$(BIN)/svod schema print > schema.graphql.new && mv schema.graphql.new schema.graphql

format: $(VENV)/.dev ## put the code into the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev explorer ## measure the gateway beside others; BENCH=--quick for a first look
	@$(BIN)/python -m benchmarks --output benchmarks/report.md $(BENCH)

endurance: $(VENV)/.dev explorer ## measure memory over 200,000 requests, and two processes beside one
	@$(BIN)/python -m benchmarks.endurance --output benchmarks/endurance.md

DATA ?= benchmarks/.svod
bench-search: $(VENV)/.dev ## measure changes and the published searches over DATA (loaded, synced; its rows change)
	@$(BIN)/python -m benchmarks.search.changes --data-dir $(DATA)
	@$(BIN)/python -m benchmarks.search --data-dir $(DATA) --output benchmarks/search.md $(BENCH)

pictures: $(VENV)/.dev explorer ## make the README's pictures of the employer's page over DATA (loaded, synced)
	@$(BIN)/python -m tests.dashboard.pictures --data-dir $(DATA)

lock: $(VENV)/.dev ## choose versions anew and pin them with hashes
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install uv
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --upgrade -q -o requirements/run.lock
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header -q -c requirements/run.lock -o requirements/dev.lock
	@$(BIN)/uv pip compile requirements/node.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --upgrade -q -o requirements/node.lock

clean: ## remove what was built and installed (data in .svod stays)
	@rm -rf $(VENV) build *.egg-info gateway/static web/node_modules

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Svod needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.lock pyproject.toml
	@echo "installing what Svod runs on"
	@$(PIP) install $(LOCKED) -r requirements/run.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.python requirements/dev.lock pyproject.toml
	@echo "installing what the tests need"
	@$(PIP) install --no-compile $(LOCKED) -r requirements/dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

explorer: $(EXPLORER)/.built ## build the pages at / and /dashboard when their sources changed
	@:

# Folders count as sources: a file that was removed changes its folder.
$(EXPLORER)/.built: $(shell find web -path web/node_modules -prune -o -print) schema.graphql | $(VENV)/.python
	@sh web/build.sh
	@touch $@
