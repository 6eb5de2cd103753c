# From nothing to a result: `make demo`. Needs only python3, 3.11 or newer; everything goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
GOLD ?= ../shared/gold

.PHONY: demo test check measure golden bench clean

demo: .venv/installed
	$(BIN)/reportedly demo --folder out

test: .venv/installed
	$(BIN)/pytest

check: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

measure: .venv/installed
	$(BIN)/python measures/measure.py --gold $(GOLD) $(ARGS)

golden: .venv/installed
	$(BIN)/pytest --golden tests
	git status --short tests/golden docs README.md

bench: .venv/installed
	$(BIN)/python measures/bench.py

clean:
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "python 3.11 or newer is needed; make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing into .venv (a minute or two the first time)"
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[dev]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'; fi
	@touch $@
