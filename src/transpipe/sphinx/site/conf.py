"""The Sphinx configuration of a tree of documents that has none of its own."""

extensions = ["myst_parser", "transpipe.sphinx", "transpipe.sphinx.staged"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext", ".txt": "plaintext"}

# What GitHub and the usual site generators understand; no substitutions, whose braces are
# shortcodes elsewhere.
myst_enable_extensions = ["strikethrough", "tasklist"]
myst_heading_anchors = 6
# The documents were not written for Sphinx: their headings may begin at any level.
suppress_warnings = ["myst.header", "toc.not_included"]

html_theme = "alabaster"
html_theme_options = {
    "page_width": "60rem",
    "sidebar_width": "14rem",
    "font_family": "system-ui, sans-serif",
    "head_font_family": "system-ui, sans-serif",
    "show_powered_by": False,
    "show_relbar_bottom": True,
}
html_sidebars = {"**": ["about.html", "searchbox.html", "navigation.html"]}
html_static_path = ["static"]
html_show_sphinx = False
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
