# make run             starts the service (the first time it makes .venv and var/)
# make run MODEL=smollm   with a real small model in the process (compiles for ten minutes once)
# make test            runs every test; make check holds the code against its rules
# HEGUI_CONFIG, HEGUI_HOME and HEGUI_PORT move the config, the data folder and the ports.

VENV := .venv
BIN := $(VENV)/bin
MODEL ?=

ifneq ($(filter-out smollm,$(MODEL)),)
$(error MODEL=$(MODEL) is not known. Leave it out for the demo responder, or say MODEL=smollm)
endif

.PHONY: install run test check bench prove shots fmt lock clean
.DEFAULT_GOAL := run

INSTALL := scripts/install.sh scripts/project.sh pyproject.toml requirements-uv.lock requirements-build.lock

$(VENV)/.run: requirements.lock $(INSTALL)
	@scripts/install.sh $(VENV) requirements.lock
	@scripts/project.sh $(VENV)
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@scripts/install.sh $(VENV) requirements-dev.lock
	@touch $@

$(VENV)/.smollm: requirements-smollm.lock $(VENV)/.run
	@scripts/install.sh $(VENV) requirements-smollm.lock
	@touch $@

install: $(VENV)/.run

# exec: the service itself gets Ctrl-C, and make returns when it has stopped.
run: $(VENV)/$(if $(MODEL),.$(MODEL),.run)
	@exec $(BIN)/hegui run $(if $(MODEL),--model $(MODEL))

test: $(VENV)/.dev
	@$(BIN)/python scripts/test_tools.py
	@$(BIN)/python -m pytest -n 3

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_lengths.py

# LiteLLM's proxy gets an environment of its own: its pins conflict with the house's.
bench: $(VENV)/.dev
	@$(BIN)/python scripts/test_tools.py
	@$(BIN)/python -m benchmarks.marks.speed
	@$(BIN)/python -m benchmarks.run

prove: $(VENV)/.dev
	@$(BIN)/python scripts/test_tools.py
	@$(BIN)/python -m benchmarks.prove all

shots: $(VENV)/.dev
	@$(BIN)/python scripts/test_tools.py
	@$(BIN)/python -m scripts.shots

fmt: $(VENV)/.dev
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/python scripts/list_errors.py
	@$(BIN)/python scripts/list_findings.py

# Pins and hashes without a host name; every lock agrees with the run-time one.
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal -p 3.11

lock: $(VENV)/.run
	echo uv | $(COMPILE) - -o requirements-uv.lock
	printf 'hatchling\neditables\n' | $(COMPILE) - -o requirements-build.lock
	$(COMPILE) pyproject.toml --extra server --extra video -o requirements.lock
	$(COMPILE) pyproject.toml --extra server --extra video --extra dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) pyproject.toml --extra server --extra video --extra smollm -c requirements.lock -o requirements-smollm.lock
	echo 'litellm[proxy]==1.106.0' | $(COMPILE) --only-binary :all: - -o benchmarks/litellm.lock

clean:
	rm -rf $(VENV) .venv-litellm build .mypy_cache .ruff_cache .import_linter_cache .hypothesis
