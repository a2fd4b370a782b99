# kvisdocs: `make demo` turns the example cases into PDF and Word files, `make test` runs the tests.
# Both set up .venv/ first if need be. More: README.md.

.DEFAULT_GOAL := help
FUZZ ?= 10000
SEED := $(or $(SEED),$(shell date +%s))
.PHONY: help demo desk test fuzz lint types pictures docs-check benchmarks clean

help:  ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

demo:  ## make every document of the example cases, into output/
	@.ci/setup run
	@.venv/bin/kvisdocs render cases_yaml/citizens cases_yaml/committee -o output
	@.venv/bin/kvisdocs render cases_yaml/2012 -o output --date 2012-11-14

desk:  ## open the example cases as pages in the browser
	@.ci/setup desk
	@.venv/bin/kvisdocs desk cases_yaml $(ARGS)

test:  ## run the tests; make test ARGS="-k tables" runs some
	@.ci/setup test
	@.venv/bin/python -m pytest -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder $(ARGS)

fuzz:  ## throw 10,000 broken cases at check, and some hundred at render; make fuzz SEED=1 for the same again
	@.ci/setup test
	@echo "SEED=$(SEED)"
	@KVISDOCS_FUZZ=$(FUZZ) .venv/bin/python -m pytest tests/fuzz --hypothesis-seed=$(SEED)

lint:  ## check format and style
	@.ci/setup test
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .

types:  ## check the types
	@.ci/setup test
	@.venv/bin/mypy

pictures:  ## lay every document's PDF beside its Word file, as pictures/index.html
	@.ci/setup test
	@cd tests && ../.venv/bin/python pictures.py

docs-check:  ## check that the documentation says what the program does
	@.ci/setup test
	@.venv/bin/python -m pytest tests/test_docs.py -q

benchmarks:  ## measure everything again, for an hour or so, and write the figures into docs/development/performance.md
	@.ci/setup test
	@.venv/bin/python benchmarks/all.py

clean:  ## remove all that was made: .venv/, .node/, caches and the documents in output/
	@find output -mindepth 1 ! -name .gitignore -delete
	@find . -name __pycache__ -not -path './.venv/*' -type d -prune -exec rm -rf {} +
	@rm -rf .venv .node .node.new build dist pictures .pytest_cache .mypy_cache .ruff_cache .hypothesis
