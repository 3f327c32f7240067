# The few things one does here. `make run` and `make test` work on a bare clone with Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
BUNDLES := src/socialgraph/pages/bundles
BUNDLED := src/socialgraph/pages/static/editor.js src/socialgraph/pages/static/workbook.js

.PHONY: help run test check build bundles reason bench docs lock clean

help:
	@echo "make run    environment, install, build of the graph, then serve the network page on loopback (PORT=$(PORT))"
	@echo "make test   every test"
	@echo "make check  ruff, mypy --strict and every test"
	@echo "make build  the graph from data/"
	@echo "make bundles the SPARQL editor of the server and the workbook of the network page, where npm is"
	@echo "make reason check the data, and prove the ontology consistent with it (HermiT)"
	@echo "make bench  the benchmarks, beside a named peer"
	@echo "make docs   the documentation as HTML in docs/_build"
	@echo "make lock   pin all packages anew (requirements/*.txt)"
	@echo "make clean  remove what can be made again"

run: $(VENV)/.run bundles
	$(BIN)/socialgraph serve --port $(PORT)

build: $(VENV)/.run
	$(BIN)/socialgraph build

# What the pages take from npm. Without npm, or without a net, the SPARQL bench is a plain text field and the network page gives its table as CSV only.
bundles: $(lastword $(BUNDLED))
$(lastword $(BUNDLED)): $(BUNDLES)/package-lock.json $(wildcard $(BUNDLES)/*.js)
	@(command -v npm >/dev/null && cd $(BUNDLES) && npm ci --silent --no-audit --no-fund && npm run --silent build) || \
	  echo "the bundles were not built: the SPARQL bench has a plain text field, the network page gives its table as CSV only"

reason: $(VENV)/.run
	$(BIN)/socialgraph check --reason

test: $(VENV)/.dev bundles
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev bundles
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/run.py --sizes 10k,100k,1M
	$(BIN)/python benchmarks/server.py
	$(BIN)/python benchmarks/explorer.py
	$(BIN)/python benchmarks/results.py

docs: $(VENV)/.docs
	$(BIN)/python -m sphinx -q -W -b html docs docs/_build

# One stamp per set of packages. Hashes are checked; the project itself is installed editable, without touching the net again.
$(VENV)/.run: requirements/run.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@

$(VENV)/.docs: requirements/docs.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.txt
	touch $@

lock:
	uv pip compile pyproject.toml --extra reason --extra reports --group build --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/run.txt
	uv pip compile pyproject.toml --extra reason --extra reports --extra pandas --extra dev --group build -c requirements/run.txt --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/dev.txt
	uv pip compile pyproject.toml --extra docs -c requirements/run.txt --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/docs.txt
	uv pip compile pyproject.toml --extra bench --group build -c requirements/dev.txt --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/bench.txt

clean:
	rm -rf $(BUNDLED) $(BUNDLES)/node_modules build dist docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
