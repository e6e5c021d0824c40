"""What readers see on a page beside its text: the languages it is in, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import get_translation

from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale, path_code
from transpipe.sphinx.frontmatter import (
    DESCRIPTION_ATTRIBUTE,
    DESCRIPTION_LANGUAGE_ATTRIBUTE,
)
from transpipe.sphinx.languages import direction, is_readable_as, name_for, own_name, tag
from transpipe.sphinx.parts import LANGUAGE_ATTRIBUTE, PROGRESS_ATTRIBUTE, Progress

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

UI_DOMAIN = "transpipe"
STYLE_SHEET = "transpipe.css"
STATIC_DIR = Path(__file__).parent / "static"

_ = get_translation(UI_DOMAIN)


@dataclass(frozen=True, slots=True)
class PageVersion:
    """The same page in one of the site's languages."""

    language: str
    """Its code as configured."""
    url: str


def add_style_sheet(app: Sphinx) -> None:
    """Make the style sheet part of a site whose pages can need it."""
    config = app.config
    if config.transpipe_languages or _is_translated_site(app):
        config.html_static_path = [*config.html_static_path, str(STATIC_DIR)]


def _is_translated_site(app: Sphinx) -> bool:
    config = app.config
    written = [config.transpipe_source_language, *config.transpipe_source_languages.values()]
    return not all(is_readable_as(config.language, code) for code in written)


def complete_page(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add to the template's context what this extension gives a page (``html-page-context``)."""
    builder = app.builder
    if doctree is None or not _makes_pages(builder):
        return
    written = str(doctree.get(LANGUAGE_ATTRIBUTE, app.config.language))
    progress = Progress(doctree.get(PROGRESS_ATTRIBUTE, Progress.ALL.value))
    versions = page_versions(app, pagename)
    _describe(context, doctree)
    if progress is Progress.NONE:
        context["language"] = tag(written)
    elif progress is Progress.SOME:
        context["body"] = _with_direction(context.get("body", ""), written, app.config.language)
    if versions:
        context["metatags"] = context.get("metatags", "") + _alternates(versions, written, app)
    top = _switcher(versions, app.config.language)
    top += _notice(versions, written, app.config.language, progress)
    if top:
        context["body"] = top + context.get("body", "")
        app.add_css_file(STYLE_SHEET)


def _makes_pages(builder: Builder) -> bool:
    # Single files and e-books are one document, without siblings in other languages.
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and not builder.embedded
        and builder.name != "singlehtml"
    )


def page_versions(app: Sphinx, pagename: str) -> tuple[PageVersion, ...]:
    """Give the versions of a page, this one included, in the order of the configuration."""
    config = app.config
    languages: list[str] = list(config.transpipe_languages)
    if not languages:
        return ()
    if not any(tag(code) == tag(config.language) for code in languages):
        languages.insert(0, config.language)
    target = app.builder.get_target_uri(pagename)
    pattern: str = config.transpipe_language_url
    to_root = "" if re.match(r"[a-z][a-z0-9+.-]*:|/", pattern) else "../" * target.count("/")
    return tuple(
        PageVersion(code, to_root + pattern.format(language=_path_code(code)) + target)
        for code in languages
    )


def _path_code(code: str) -> str:
    try:
        return path_code(parse_locale(code))
    except TranspipeError:
        return code


def _describe(context: dict[str, Any], doctree: nodes.document) -> None:
    description = doctree.get(DESCRIPTION_ATTRIBUTE)
    metatags = context.get("metatags", "")
    if not description or 'name="description"' in metatags:
        return
    language = escape(tag(doctree[DESCRIPTION_LANGUAGE_ATTRIBUTE]))
    context["metatags"] = (
        f'{metatags}<meta name="description" content="{escape(description)}" lang="{language}" />\n'
    )


def _alternates(versions: Sequence[PageVersion], written: str, app: Sphinx) -> str:
    original = _original(versions, written, str(app.config.transpipe_source_language))
    links = [*((tag(version.language), version.url) for version in versions)]
    links.append(("x-default", original.url))
    return "".join(
        f'\n    <link rel="alternate" hreflang="{escape(code)}" href="{escape(url)}" />'
        for code, url in links
    )


def _original(versions: Sequence[PageVersion], *codes: str) -> PageVersion:
    for code in codes:
        for version in versions:
            if is_readable_as(version.language, code):
                return version
    return versions[0]


def _switcher(versions: Sequence[PageVersion], current: str) -> str:
    if len(versions) < 2:
        return ""
    items = "".join(f"<li>{_language_link(version, current)}</li>" for version in versions)
    return (
        f'<nav class="transpipe-languages" lang="{tag(current)}" dir="{direction(current)}"'
        f' aria-label="{escape(str(_("Languages")))}"><ul>{items}</ul></nav>\n'
    )


def _language_link(version: PageVersion, current: str) -> str:
    code = escape(tag(version.language))
    here = ' aria-current="true"' if tag(version.language) == tag(current) else ""
    return (
        f'<a href="{escape(version.url)}" hreflang="{code}" lang="{code}"'
        f' dir="{direction(version.language)}"{here}>{escape(own_name(version.language))}</a>'
    )


def _notice(versions: Sequence[PageVersion], written: str, reader: str, progress: Progress) -> str:
    if progress is Progress.ALL:
        return ""
    if progress is Progress.NONE:
        text = _(
            "This page has not been translated into {language} yet. "
            "You are reading the original in {original}."
        )
    else:
        text = _(
            "This page is only partly translated into {language}. "
            "What is missing is shown in {original}."
        )
    names = {"language": name_for(reader, reader), "original": name_for(written, reader)}
    sentence = escape(str(text).format(**names))
    link = ""
    for version in versions:
        if is_readable_as(version.language, written):
            label = escape(str(_("Go to the page in {original}")).format(**names))
            code = escape(tag(version.language))
            link = f' <a href="{escape(version.url)}" hreflang="{code}">{label}</a>'
            break
    return (
        f'<div class="transpipe-notice" role="note" lang="{tag(reader)}"'
        f' dir="{direction(reader)}"><p>{sentence}{link}</p></div>\n'
    )


def _with_direction(body: str, written: str, reader: str) -> str:
    if direction(written) == direction(reader):
        return body
    opening = re.compile(rf'(<(?![^>]*\sdir=)[^>]*\slang="{re.escape(tag(written))}")')
    return opening.sub(rf'\1 dir="{direction(written)}"', body)
