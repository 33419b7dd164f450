# `make chat` and `make test` each set up everything they need by themselves.
# Needed beforehand: Python 3.11 or newer (with venv), make, and a package registry for pip.

PYTHON ?= python3
PORT ?= 7860
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: chat test setup
.DELETE_ON_ERROR:

chat: setup
	$(BIN)/dateline index corpus --archive archive
	$(BIN)/dateline chat --archive archive --port $(PORT) --examples docs/examples.txt

test: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@command -v chromium >/dev/null || \
		echo "Chromium is not installed: the tests that drive the chat in a browser are skipped"
	$(BIN)/python -m pytest

setup: $(INSTALLED)

# torch and setuptools go first: a resolver that meets torch unpinned may take a CUDA build, and the
# project itself is then built with the pinned setuptools instead of one that is fetched for it.
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python \
	3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ": make PYTHON=python3.11")'
	@echo "Setting up .venv (only when pyproject.toml or constraints.txt have changed) ..."
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint constraints.txt torch setuptools
	$(BIN)/pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $@
