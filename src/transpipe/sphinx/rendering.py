"""Finished pages: what a theme's templates have no place for is put into what they made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx.jinja2glue import BuiltinTemplateLoader

from transpipe.sphinx.languages import direction

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

TOP_OF_PAGE = "transpipe_top"
"""In a template's context: the HTML to begin the main part of a page with."""
MARKS_DIRECTION = "transpipe_marks_direction"
"""In a template's context: whether some text runs in the other direction than English."""
PAGE_LANGUAGE = "transpipe_page_language"
"""In a template's context: the language of a page whose template does not say it."""
MAIN = re.compile(r'<(?:main\b|[a-z]+\b[^>]*?\srole="main")[^>]*>')
"""What the main part of a page opens with in every theme that screen readers can read."""
UNSAID = re.compile(r"<html(?![^>]*\slang=)")
OTHER_LANGUAGE = re.compile(r'<(?!link\b|meta\b)[a-z](?![^>]*\sdir=)[^>]*?\slang="([^"]+)"')


class PageTemplates(BuiltinTemplateLoader):
    """Sphinx's templates, whose pages are completed."""

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Render a template; a whole page gets what its context has for it."""
        html = super().render(template, context)
        if "<html" not in html:  # a part of a page, which themes render apart
            return html
        if context.get(TOP_OF_PAGE):
            html = MAIN.sub(lambda match: match[0] + "\n" + context[TOP_OF_PAGE], html, count=1)
        if context.get(PAGE_LANGUAGE):
            code = context[PAGE_LANGUAGE]
            html = UNSAID.sub(rf'\g<0> lang="{code}" xml:lang="{code}"', html, count=1)
        return with_directions(html) if context.get(MARKS_DIRECTION) else html


def with_directions(html: str) -> str:
    """Give each element that says its language the direction of that language."""
    return OTHER_LANGUAGE.sub(lambda match: f'{match[0]} dir="{direction(match[1])}"', html)


def complete_templates(_app: Sphinx, config: Config) -> None:
    """Let our class render the pages, unless the project has brought one (``config-inited``)."""
    if config.template_bridge is None:
        config.template_bridge = f"{PageTemplates.__module__}.{PageTemplates.__qualname__}"
