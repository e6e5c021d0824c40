"""The only door to Sphinx: the extension, the gettext run and the builds.

Listed in a project's ``extensions``, this module is the extension. Imported, it gives the runs,
which start Sphinx in a process of its own; neither Sphinx nor docutils is imported here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transpipe.sphinx.project import SiteResult, SphinxProject
from transpipe.sphinx.runs import build_site, extract_templates
from transpipe.sphinx.staging import StagedDocument, stage

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = [
    "SiteResult",
    "SphinxProject",
    "StagedDocument",
    "build_site",
    "extract_templates",
    "setup",
    "stage",
]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the extension to Sphinx, which calls this for each name in ``extensions``."""
    from transpipe.sphinx.extension import connect

    return connect(app)
