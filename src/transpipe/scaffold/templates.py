"""The text of the starter files, but for the configuration."""

MAKEFILE_MARK = "# Documentation in every language, by transpipe."

MAKEFILE_GOAL = """
.DEFAULT_GOAL := report
"""

MAKE_PART_RULE = """
# A Makefile with a rule for everything (%:) would else try to make this file.
transpipe.mk: ;
"""

MAKEFILE_TARGETS = """
TRANSPIPE ?= transpipe

.PHONY: gettext update-po html report check-po{phony}

gettext: ## Segment the documents into templates
\t$(TRANSPIPE) extract

update-po: gettext ## Bring the catalogs up to date
\t$(TRANSPIPE) update

html: update-po ## Build the documentation in every language
\t$(TRANSPIPE) build

html-%: update-po ## Build it in one language: make html-es
\t$(TRANSPIPE) build --language $*
{render}
report: ## Show how complete each language is
\t$(TRANSPIPE) report

check-po: ## Check what translators wrote
\t$(TRANSPIPE) check
"""

MAKEFILE_RENDER = """
render: update-po ## Write the translated documents
\t$(TRANSPIPE) render
"""

TARGETS = ("gettext", "update-po", "html", "html-%", "render", "report", "check-po")

WORKFLOW = """\
# Checks translations, tells how complete each language is, and fails where a check fails, where
# catalogs are out of date, or where a language is below 'fail_under' of the configuration.
name: transpipe

on: [push, pull_request]

permissions:
  contents: read

jobs:
  translations:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.x"
      # transpipe is not on PyPI yet: until then, install it from a checkout of its repository.
      - run: pip install transpipe{requirements}
      - name: Check what translators wrote
        run: transpipe check
      - name: Check that templates and catalogs are up to date
        if: ${{{{ !cancelled() }}}}
        run: |
          transpipe extract --check
          transpipe update --check
      - name: Report how complete each language is
        if: ${{{{ !cancelled() }}}}
        run: transpipe report --format markdown >> "$GITHUB_STEP_SUMMARY"
"""

IGNORED = "build/\n*.mo\n"
