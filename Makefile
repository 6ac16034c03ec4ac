# Everything a person does with this repository. `make` alone prints the targets.
PYTHON ?= python3
BIN := .venv/bin
QUICK := -m 'not slow and not browser'
PRODUCTION := SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	PUBLIC_URL=https://misto.example DEBUG=0 DATA_DIR=var/check

.DEFAULT_GOAL := help
.PHONY: help run test check bench lock contract messages screenshots base dev

help:  ## print the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: base  ## start a hub with demo content at http://localhost:8000 (PORT, HOST, DATA_DIR)
	@exec $(BIN)/python -m cms.demo.run

test: dev  ## run the tests but the slow ones and those in a browser (ARGS="" runs all)
	@exec $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(if $(filter undefined,$(origin ARGS)),$(QUICK),$(ARGS))

check: dev  ## style, types, layers, migrations, settings, contract, messages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python -W ignore manage.py check --deploy --fail-level WARNING
	$(BIN)/python manage.py contract --check

bench: dev  ## measure speed and memory beside others (needs wrk; half an hour; ARGS="--help" for less)
	@exec $(BIN)/python -m bench $(ARGS)

lock: dev  ## compile requirements/*.in anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade requirements/dev.in -o requirements/dev.txt

contract: dev  ## write the contract's files anew from its models
	$(BIN)/python manage.py contract

messages: dev  ## collect the texts people see, and compile their translations (needs gettext)
	$(BIN)/python manage.py makemessages --locale sv --locale uk --locale fi --no-obsolete --add-location file --ignore .venv --ignore var --ignore tests
	$(BIN)/python manage.py compilemessages --locale sv --locale uk --locale fi --ignore .venv

screenshots: dev  ## take the pictures in docs/images anew (needs Chromium)
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -c 'import django; django.setup(); from tests.screenshots import main; main()'

base:
	@exec $(PYTHON) requirements/install.py base

dev:
	@exec $(PYTHON) requirements/install.py dev
