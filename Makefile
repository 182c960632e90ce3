# Two commands matter: `make run` serves Melkeveien, `make test` proves it. .ci/setup does what both begin with.

PORT ?= 8000
PYTHON := .venv/bin/python

.PHONY: audit sbom safety setup run test test-postgres sweep coverage proof bench lint format messages lock

setup: ## everything up to a migrated database with the first edition and the demonstration accounts
	@.ci/setup runtime

run: setup ## serves http://127.0.0.1:8000, or PORT=8123
	@PORT=$(PORT) .ci/serve

test: ## the whole suite; ARGS="-k taper" is passed on
	@.ci/setup test
	@$(PYTHON) -m pytest -n 4 --dist worksteal $(ARGS)

test-postgres: ## the same tests on a PostgreSQL of their own
	@.ci/setup test
	@.ci/with-postgres $(PYTHON) -m pytest -n 3 --dist worksteal $(ARGS)

sweep: ## every page in every state in a browser, by day and by night, and the slower kin of other tests: what `make test` leaves to it
	@.ci/setup test
	@$(PYTHON) -m pytest -n 3 --dist worksteal -m sweep $(ARGS)

coverage: ## which branches no test takes; the rules and the plan have none
	@.ci/setup test
	@$(PYTHON) -m pytest -n 3 --dist worksteal --cov --cov-report=term-missing $(ARGS)

proof: ## the measurements of docs/reliability.md, each with its control; ARGS="name" runs one
	@.ci/setup proof
	@$(PYTHON) -m tests.proofs $(ARGS)

safety: ## writes what is made from data in docs/safety, docs/asvs.md and docs/licences.md; ARGS=--check tells what is stale
	@.ci/setup test
	@$(PYTHON) -m tests.safety $(ARGS)

audit: ## asks for known holes in what is locked, and for newer versions; fails where it could not ask
	@.ci/setup proof
	@$(PYTHON) -m tests.safety.audit

sbom: ## writes the list of all that is shipped into var/sbom.json (CycloneDX)
	@.ci/setup proof
	@$(PYTHON) -m tests.safety.sbom $(ARGS)

bench: ## how fast, as ratios from one run
	@.ci/setup bench
	@$(PYTHON) -m tests.bench $(ARGS)

lint: ## what the house tests check, by itself
	@.ci/setup test
	@$(PYTHON) -m pytest -q tests/test_house.py $(ARGS)

format: ## writes Python and templates as the linters want them
	@.venv/bin/ruff check --fix --exit-zero . && .venv/bin/ruff format .
	@git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 5.2 || test $$? -eq 123 # it has mended some

messages: ## gathers the sentences of the interface into the catalogues of the other languages
	@.ci/setup test
	@DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) -m tests.messages $(ARGS)

lock: ## compiles pyproject.toml into requirements*.txt, with hashes and without a registry's address
	@.ci/lock $(ARGS)
