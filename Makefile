# The work is done by sim/setup.py and the tools it installs; without make, `python -m sim.setup` does as well.

# An interpreter to build on: make setup PYTHON=/path/to/python3.13
PYTHON ?=
export PYTHON

VENV := .venv
BIN := $(VENV)/bin
DEMO := results/demo

# Any Python can run the setup. Each is started to see, because pyenv's shims exist and fail.
define FIND
for python in $(PYTHON) python3 python python3.14 python3.13 python3.12 \
	      $(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/3.1[234]*/bin/python); do \
	if "$$python" -c 'import sys; assert sys.version_info >= (3, 8)' >/dev/null 2>&1; then break; fi; \
	python=; \
done; \
if [ -z "$$python" ] && command -v uv >/dev/null 2>&1; then python="uv run --no-project python"; fi; \
if [ -z "$$python" ]; then \
	echo "No Python found. Install CPython 3.12, 3.13 or 3.14, or name one: make setup PYTHON=/path/to/python" >&2; \
	exit 2; \
fi
endef

.DEFAULT_GOAL := help
.PHONY: help setup runs demo view check test bench clean test-next

help:
	@echo 'make setup      find a fitting Python, make .venv with everything, compile the rules'
	@echo 'make demo       run a China of 2016, compare the six modes, write a report on both; installs only what that needs'
	@echo 'make view       worlds in a browser, on this machine only'
	@echo 'make check      style, types, import rules and the quick tests: under a minute'
	@echo 'make test       style, types, import rules, all tests'
	@echo 'make bench      time the month'
	@echo 'make test-next  the tests on the Mesa pre-release, in .venv-next'
	@echo 'make clean      remove caches and build outputs; .venv and results stay'

setup:
	@$(FIND); $$python sim/setup.py

# What runs and reports need, without the extras.
runs:
	@$(FIND); $$python sim/setup.py --extras ''

demo: runs
	$(BIN)/servanda run china_2016 --out $(DEMO)
	@echo
	@echo 'The six modes of governance beside it, small: 2,000 debtors, two years, six seeds. Where that is too small to be clear, the conclusion begins with it.'
	$(BIN)/servanda compare china_2016 rule_of_law comprehensive systemic at_source collaborative special all_six \
	    --debtors 2000 --months 24 --replicates 6 --out $(DEMO)_modes
	$(BIN)/servanda report $(DEMO)
	$(BIN)/servanda report $(DEMO)_modes
	$(BIN)/servanda report $(DEMO)_modes --lang zh
	@echo
	@echo 'The run lies in $(DEMO), the comparison in $(DEMO)_modes. Open in a browser:'
	@echo '  $(DEMO)_modes/report/report.html, in Chinese report.zh.html, and $(DEMO)/report/report.html'
	@echo 'Next:'
	@echo '  $(BIN)/servanda explain china_2016 --month 12   why one debtor did what it did'
	@echo '  $(BIN)/servanda levers                          everything a policy can move'
	@echo '  $(BIN)/servanda --help                          the rest'

view:
	@$(FIND); $$python sim/setup.py --extras view
	$(BIN)/servanda view

# The quick tests are listed in pyproject.toml. Mypy keeps its results, so only the first call is slow.
check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $$($(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['tool']['servanda']['check'])")

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2

bench: runs
	$(BIN)/python -m benchmarks

# Mesa 4 is past the limit that pyproject.toml sets, so pip reports a conflict here: that is the experiment.
test-next:
	@$(FIND); $$python sim/setup.py --venv .venv-next --newer 'mesa>=4.0.0a0'
	.venv-next/bin/python -m pytest -n 2

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	find . \( -name .venv -o -name .venv-next -o -name .git \) -prune -o -type d -name __pycache__ -exec rm -rf {} +
