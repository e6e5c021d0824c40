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
{restore}      - name: Check what translators wrote
        run: transpipe check
      - name: Check that templates and catalogs are up to date
        if: ${{{{ !cancelled() }}}}
        run: |
          transpipe extract --check
          transpipe update --check
      - name: Report how complete each language is
        if: ${{{{ !cancelled() }}}}
        run: transpipe report --format markdown >> "$GITHUB_STEP_SUMMARY"
{build}"""

WORKFLOW_RESTORE = """\
      # What Sphinx remembers of an earlier build. What changed since is told by content, so that a
      # new checkout is not a new build. Whatever does not fit is found out, and built anew.
      - name: Name the versions of what builds the sites
        id: tools
        run: |
          versions=$( (python -VV; pip freeze) | sha256sum | cut -c -16)
          echo "key=transpipe-$RUNNER_OS-$versions" >> "$GITHUB_OUTPUT"
      - name: Restore what an earlier build remembers
        id: built
        uses: actions/cache/restore@v4
        with:
          path: build/transpipe
          key: ${{{{ steps.tools.outputs.key }}}}-${{{{ github.sha }}}}
          restore-keys: ${{{{ steps.tools.outputs.key }}}}-
"""

WORKFLOW_BUILD = """\
      - name: Build the sites
        if: ${{{{ !cancelled() }}}}
        run: transpipe build
      # Only what is on the default branch is kept: it runs when it is restored, as code does.
      - name: Keep what this build remembers
        if: >-
          github.event_name == 'push'
          && github.ref_name == github.event.repository.default_branch
          && steps.built.outputs.cache-hit != 'true'
        uses: actions/cache/save@v4
        with:
          path: build/transpipe
          key: ${{{{ steps.built.outputs.cache-primary-key }}}}
      - name: Offer the sites for download
        uses: actions/upload-artifact@v4
        with:
          name: sites
          path: build/html
"""

IGNORED = "build/\n*.mo\n"
