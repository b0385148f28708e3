# Keras Atelier. `make` lists the targets; each sets up first what it needs, in .venv, without root.
# Kept to what GNU and BSD make share.

PYTHON =
L =
ARGS =
JOBS = 2

BIN = .venv/bin
PACKAGES = .venv/.packages
READY = .venv/.ready
# Notebooks run in kernels that need not import TensorFlow again.
WARM = JUPYTER_PATH="$$PWD/.venv/share/keras-atelier/jupyter$${JUPYTER_PATH:+:$$JUPYTER_PATH}"
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check --root-user-action=ignore --no-deps

help:
	@echo 'Keras Atelier'
	@echo
	@echo '  make lab [L=fr|en|zh]  open the course in JupyterLab (default: the language of your system)'
	@echo '  make setup             only set up'
	@echo '  make test              run every test, and every notebook against its printed output'
	@echo '  make build             rebuild the notebooks from their sources'
	@echo '  make site              write the course as pages to read in a browser, into site/'
	@echo '  make grade             grade the sample class through nbgrader'
	@echo '  make bench             print the table of measured times'
	@echo '  make lock              pin the newest packages again (for maintainers)'
	@echo
	@echo '  PYTHON=python3.12      the Python to set up with: 3.11, 3.12 or 3.13'
	@echo '  ARGS="..."             more arguments, for JupyterLab, the builder, the grader or the bench'

setup: $(READY)

# Exactly the lock: what an older lock installed goes. matplotlib lists the system's fonts now, so
# that it does not in a lesson.
$(PACKAGES): requirements.lock
	@python=; bare=; \
	for candidate in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	    "$$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	        2>/dev/null || continue; \
	    if "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; \
	        then python="$$candidate"; break; else bare="$$candidate"; fi; \
	done; \
	if [ -z "$$python$$bare" ]; then \
	    echo 'Keras Atelier needs Python 3.11, 3.12 or 3.13, and found none. Install one, or name' >&2; \
	    echo 'one that is not on your PATH: make setup PYTHON=/where/is/python3.12' >&2; exit 1; \
	elif [ -z "$$python" ]; then \
	    echo "$$bare cannot make virtual environments. On Debian or Ubuntu, ask an administrator" >&2; \
	    echo 'for: apt install python3-venv; or name another Python: make setup PYTHON=...' >&2; exit 1; \
	fi; \
	echo 'Setting up in .venv (about 3 GB, some minutes the first time)...'; \
	"$$python" -m venv --clear .venv
	@$(PIP) --only-binary :all: --require-hashes -r requirements.lock
	@$(BIN)/python -c 'import matplotlib.pyplot'
	@touch $(PACKAGES)

# This checkout, as it stands: editing a file needs no new set-up.
$(READY): $(PACKAGES) pyproject.toml
	@$(PIP) --no-build-isolation -e .
	@$(BIN)/python -c 'from course import quiet, warm; quiet.install(); warm.install()'
	@touch $(READY)
	@echo 'Ready.'

lab: setup
	@exec $(BIN)/python -m course.lab --language "$(L)" $(ARGS)

# Every part runs, whatever the one before it said; one that fails makes the target fail. The tests
# know which files are the slowest; xdist would take those with the most tests first. A process that
# dies is not started again: after that xdist has waited for ever.
SPREAD := -n $(JOBS) --dist loadfile --max-worker-restart=0
test: setup
	@failed=0; \
	$(BIN)/python -m pytest $(SPREAD) --no-loadscope-reorder $(ARGS) || failed=1; \
	$(WARM) $(BIN)/python -m pytest $(SPREAD) --nbval \
	    course/*/*.ipynb course/*/*/*.ipynb solutions/*/*/*.ipynb || failed=1; \
	exit $$failed

build: setup
	@$(BIN)/python -m course.build $(ARGS)

site: setup
	@$(BIN)/python -m course.site $(ARGS)

grade: setup
	@$(BIN)/python tests/sample_class/grade.py $(ARGS)

bench: setup
	@$(BIN)/python -m tests.bench.bench $(ARGS)

# The resolver lives in an environment of its own: nothing but its result is part of the course.
lock: setup
	@$(BIN)/python -m venv --clear .venv/lock
	@.venv/lock/bin/python -m pip install -qq --disable-pip-version-check uv
	@.venv/lock/bin/uv pip compile --quiet --universal --upgrade --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock

.PHONY: help setup lab test build site grade bench lock
