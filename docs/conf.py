"""Sphinx configuration of transpipe's own documentation."""

from transpipe import __version__

project = "transpipe"
author = "The transpipe developers"
copyright = "2026, The transpipe developers"
release = __version__
language = "en"

extensions = ["myst_parser", "transpipe.sphinx"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

exclude_patterns = ["examples"]

locale_dirs = ["../locale"]
gettext_compact = False

html_theme = "furo"
html_title = "transpipe"
html_copy_source = False
