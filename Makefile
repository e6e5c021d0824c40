# transpipe: `make html` builds the documentation in every language, `make test` runs every test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LANGUAGES := es pt en
# What takes longest first, so that no worker is left alone with it at the end.
TESTS := tests/hosts tests/test_packaging.py tests/sphinx tests

.DEFAULT_GOAL := help
.PHONY: help setup gettext update-po html report check-po docs test pytest lint types imports \
	coverage bench bench-alignment bench-checks bench-documents bench-incremental bench-report \
	bench-sphinx reference goldens ui-texts fuzz test-corpora test-hosts test-matrix test-lowest \
	test-sphinx package clean $(LANGUAGES:%=html-%)

##@ Documentation

help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z][^:]*:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

gettext: $(VENV)/docs ## Segment docs/ into templates in locale/pot
	$(BIN)/transpipe extract

update-po: gettext ## Bring the catalogs in locale/ up to date
	$(BIN)/transpipe update

html: update-po ## Build the documentation in every language, and report
	$(BIN)/transpipe build
	@$(BIN)/transpipe report

$(LANGUAGES:%=html-%): html-%: update-po
	$(BIN)/transpipe build --language $*

html-es: ## Build the Spanish documentation
html-pt: ## Build the Portuguese documentation
html-en: ## Build the English documentation

report: $(VENV)/docs ## Show how complete each language is
	@$(BIN)/transpipe report

check-po: $(VENV)/docs ## Check what translators wrote
	$(BIN)/transpipe check

ui-texts: $(VENV)/dev ## Bring the catalogs of our own texts in src/transpipe/locale up to date
	$(BIN)/python tools/extract_ui_texts.py
	$(BIN)/pybabel -q compile -D transpipe -d src/transpipe/locale

reference: $(VENV)/dev ## Write the generated pages of docs/reference anew
	$(BIN)/python tools/write_reference.py

docs: reference html ## Write the reference, then build everything

##@ Development

setup: $(VENV)/dev ## Set up the virtual environment with what development needs

test: lint types imports pytest check-docs ## Run every test, the linters and the checks of our own documentation

pytest: $(VENV)/dev ## Run the tests
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS) $(PYTEST_ARGS)

coverage: $(VENV)/dev ## Run the tests and show the lines that none reaches (twice as long)
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered $(PYTEST_ARGS)

fuzz: $(VENV)/dev ## Try the laws of documents on very many examples (EXAMPLES=30000)
	TRANSPIPE_EXAMPLES=$(or $(EXAMPLES),30000) $(BIN)/pytest -n 2 tests/documents/test_fuzz.py \
		tests/documents/test_inert.py tests/documents/test_markdown_laws.py \
		tests/documents/test_host_syntax.py

test-corpora: $(VENV)/dev ## Run the tests of real projects on all of their documents
	TRANSPIPE_WHOLE=1 $(BIN)/pytest -n 2 -m corpus $(PYTEST_ARGS)

test-hosts: $(VENV)/dev ## Build sites with every site generator, Docusaurus too (minutes)
	TRANSPIPE_HOSTS=required TRANSPIPE_DOCUSAURUS=1 $(BIN)/pytest -m host

lint: $(VENV)/dev ## Check style
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/dev ## Check types
	$(BIN)/mypy

imports: $(VENV)/dev ## Check that imports run downward
	$(BIN)/lint-imports

check-docs: $(VENV)/dev ## Check that our documentation is current, complete and sound in every language
	$(BIN)/python tools/write_reference.py --check
	$(BIN)/transpipe extract --check
	$(BIN)/transpipe update --check
	$(BIN)/transpipe check
	$(BIN)/transpipe report --fail-under 100

goldens: $(VENV)/dev ## Accept what tests left in tests/actual as the golden files; read the diff
	cp tests/actual/* tests/reports/golden/

bench-checks: $(VENV)/dev ## Measure what the checks catch, and what they cry wolf about, on the corpora
	$(BIN)/python tools/bench_checks.py $(BENCH_ARGS)

bench-alignment: $(VENV)/dev ## Measure how well pages translated by hand are aligned, on the corpora
	$(BIN)/python tools/bench_alignment.py

bench: $(VENV)/dev ## Measure side by side with the neighbours, on the corpora
	$(BIN)/python tools/bench_catalogs.py
	$(BIN)/python tools/bench_update.py
	$(BIN)/python tools/bench_merge.py
	$(BIN)/python tools/bench_normalize.py
	$(BIN)/python tools/bench_report.py
	$(BIN)/python tools/bench_documents.py

bench-report: $(VENV)/dev ## Measure reports side by side with the neighbours
	$(BIN)/python tools/bench_report.py

bench-incremental: $(VENV)/dev ## Measure builds of what changed against cold ones and stock Sphinx (an hour)
	$(BIN)/python -m pip install --quiet python-docs-theme
	$(BIN)/python tools/bench_incremental.py $(BENCH_ARGS)

bench-documents: $(VENV)/dev ## Measure documents side by side with mdpo, po4a and Sphinx
	$(BIN)/python tools/bench_documents.py

bench-sphinx: $(VENV)/dev ## Measure translated builds side by side with Sphinx alone, byte for byte
	$(BIN)/python tools/bench_sphinx.py $(BENCH_ARGS)

test-matrix: ## Run the tests on every Python found here
	tools/test_matrix.sh

test-lowest: ## Run the tests with the lowest versions of what we depend on
	tools/test_lowest.sh

test-sphinx: ## Prove on each supported Sphinx that builds are faster and no different
	tools/test_sphinx_versions.sh

package: $(VENV)/dev ## Build the wheel and the source distribution
	$(BIN)/python -m build --outdir dist

clean: ## Remove what can be made again
	rm -rf build dist .coverage htmlcov .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis tests/actual

# The environments are made again when the dependencies change.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/docs: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	@touch $@

$(VENV)/dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[docs]' --group dev
	@touch $(VENV)/docs $@
