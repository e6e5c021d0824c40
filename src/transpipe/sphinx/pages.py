"""What readers see on a page beside its text: the languages it is in, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.numbers import format_percent
from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import get_translation

from transpipe.model import Counts
from transpipe.sphinx.frontmatter import (
    DESCRIPTION_ATTRIBUTE,
    DESCRIPTION_LANGUAGE_ATTRIBUTE,
)
from transpipe.sphinx.languages import direction, is_readable_as, known_locale, name_for, tag
from transpipe.sphinx.parts import (
    COUNTS_ATTRIBUTE,
    LANGUAGE_ATTRIBUTE,
    PROGRESS_ATTRIBUTE,
    Progress,
)
from transpipe.sphinx.rendering import MARKS_DIRECTION, PAGE_LANGUAGE, TOP_OF_PAGE
from transpipe.sphinx.versions import PageVersion, original_of, page_versions

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

UI_DOMAIN = "transpipe"
STYLE_SHEET = "transpipe.css"
STATIC_DIR = Path(__file__).parent / "static"
TEMPLATES_DIR = Path(__file__).parent / "templates"
INTERFACE_LANGUAGE = "en"
"""What our own texts are in where there is no translation of them."""

_ = get_translation(UI_DOMAIN)


def gettext_noop(msgid: str) -> str:
    """Mark a text of the interface for the catalogs of that domain, and give it back."""
    return msgid


# Translators: Read out by screen readers before the list of languages of a page.
LANGUAGES = gettext_noop("Languages")
# Translators: At the top of a page in the language it was written in. Names are those of CLDR.
NOT_TRANSLATED = gettext_noop(
    "This page has not been translated into {language} yet. "
    "You are reading the original in {original}."
)
# Translators: At the top of a page of which some paragraphs are untranslated. {share} is "70%".
PARTLY_TRANSLATED = gettext_noop(
    "{share} of this page is translated into {language}. What is missing is shown in {original}."
)
# Translators: A link to the same page in the language it was written in.
GO_TO_ORIGINAL = gettext_noop("Go to the page in {original}")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader misses, for the template ``transpipe/notice.html``."""

    language: str
    """The language the notice itself is in."""
    text: str
    link: str
    """What the link to the original says."""
    original: PageVersion | None

    @property
    def tag(self) -> str:
        """The BCP 47 spelling of its language."""
        return tag(self.language)

    @property
    def dir(self) -> str:
        """The direction of its language."""
        return direction(self.language)


def add_templates(_app: Sphinx, config: Config) -> None:
    """Let templates be included by their names; the project's own go first (``config-inited``)."""
    config.templates_path = [*config.templates_path, str(TEMPLATES_DIR)]


def add_style_sheet(app: Sphinx) -> None:
    """Make the style sheet part of a site whose pages can need it (``builder-inited``)."""
    config = app.config
    if getattr(app.builder, "embedded", False):  # an e-book, which has no use of it
        return
    if config.transpipe_languages or _is_translated_site(config):
        config.html_static_path = [*config.html_static_path, str(STATIC_DIR)]


def _is_translated_site(config: Config) -> bool:
    return not all(is_readable_as(config.language, code) for code in _source_languages(config))


def _source_languages(config: Config) -> tuple[str, ...]:
    return (config.transpipe_source_language, *config.transpipe_source_languages.values())


def complete_page(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add to the template's context what this extension gives a page (``html-page-context``)."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or not template.endswith(".html"):
        return
    reader = app.config.language
    source = app.config.transpipe_source_language
    written = str(source if doctree is None else doctree.get(LANGUAGE_ATTRIBUTE, reader))
    progress = Progress.ALL if doctree is None else _progress(doctree)
    if doctree is not None:
        _describe(context, doctree)
    if progress is Progress.NONE:
        context["language"] = tag(written)
    # Marked in what has been rendered at the end: languages are said in navigation, too.
    languages = (reader, written, *_source_languages(app.config), *app.config.transpipe_languages)
    context[MARKS_DIRECTION] = any(direction(code) == "rtl" for code in languages)
    if builder.embedded:  # the pages of an e-book, which are XHTML
        context[PAGE_LANGUAGE] = tag(written if progress is Progress.NONE else reader)
    # An e-book is one document, without siblings in other languages.
    if builder.embedded or (doctree is None and pagename not in generated_pages(app)):
        return
    versions = page_versions(app, _common_name(pagename, doctree))
    notice = None
    if doctree is not None and builder.name != "singlehtml":
        notice = _notice(versions, written, reader, progress, _counts(doctree))
    if versions:
        _link_versions(context, versions, written, app.config)
    if versions or notice:
        _put_on_top(app, context, versions, notice, is_generated=doctree is None)


def _progress(doctree: nodes.document) -> Progress:
    return Progress(doctree.get(PROGRESS_ATTRIBUTE, Progress.ALL.value))


def _counts(doctree: nodes.document) -> Counts:
    translated, total = doctree.get(COUNTS_ATTRIBUTE, (0, 0))
    return Counts(translated=translated, untranslated=total - translated)


def generated_pages(app: Sphinx) -> frozenset[str]:
    """Give the pages without a document that every language of a site has."""
    return frozenset(_generated_pages(app))


def _generated_pages(app: Sphinx) -> Iterator[str]:
    builder = app.builder
    assert isinstance(builder, StandaloneHTMLBuilder)  # noqa: S101 - asked for above
    yield from ("search", "genindex", *app.config.html_additional_pages)
    yield from (name for name, _index, _content, _collapse in builder.domain_indices)
    yield from (f"genindex-{part}" for part in ("all", *_letters(app)))


def _letters(app: Sphinx) -> Iterator[str]:
    return (str(key) for key, _entries in getattr(app.builder, "genindex", ()) or ())


def _common_name(pagename: str, doctree: nodes.document | None) -> str:
    # The letters of an index are those of the language.
    return "genindex" if doctree is None and pagename.startswith("genindex-") else pagename


def _describe(context: dict[str, Any], doctree: nodes.document) -> None:
    description = doctree.get(DESCRIPTION_ATTRIBUTE)
    metatags = context.get("metatags", "")
    if not description or 'name="description"' in metatags:
        return
    language = escape(tag(doctree[DESCRIPTION_LANGUAGE_ATTRIBUTE]))
    context["metatags"] = (
        f'{metatags}<meta name="description" content="{escape(description)}" lang="{language}" />\n'
    )


def _link_versions(
    context: dict[str, Any], versions: Sequence[PageVersion], written: str, config: Config
) -> None:
    original = original_of(versions, written, str(config.transpipe_source_language))
    links = [*((version.tag, version.address) for version in versions)]
    links.append(("x-default", original.address))
    context["metatags"] = context.get("metatags", "") + "".join(
        f'\n    <link rel="alternate" hreflang="{escape(code)}" href="{escape(address)}" />'
        for code, address in links
    )
    if context.get("pageurl"):
        # conf.py has one address for all languages: as it is, each page would declare itself a
        # copy of the page in one of them.
        context["pageurl"] = next(each.address for each in versions if each.is_current)


def _put_on_top(
    app: Sphinx,
    context: dict[str, Any],
    versions: Sequence[PageVersion],
    notice: Notice | None,
    *,
    is_generated: bool,
) -> None:
    reader = app.config.language
    language, (label,) = _said(reader, LANGUAGES)
    context["transpipe_languages"] = versions if len(versions) > 1 else ()
    context["transpipe_languages_label"] = label
    context["transpipe_interface"] = {"tag": tag(language), "dir": direction(language)}
    context["transpipe_notice"] = notice
    app.add_css_file(STYLE_SHEET)
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or not builder.templates:
        return  # pages for other programs, which lay them out
    names = ["transpipe/notice.html"]
    if app.config.transpipe_languages_on_top:
        names.insert(0, "transpipe/languages.html")
    top = "".join(builder.templates.render(name, context) for name in names)
    if is_generated:
        context[TOP_OF_PAGE] = top
    else:
        context["body"] = top + context.get("body", "")


def _said(reader: str, *msgids: str) -> tuple[str, tuple[str, ...]]:
    """Give texts of the interface in one language, and which: English unless it has them all."""
    texts = tuple(str(_(msgid)) for msgid in msgids)
    if is_readable_as(reader, INTERFACE_LANGUAGE) or not set(texts) & set(msgids):
        return reader, texts
    return INTERFACE_LANGUAGE, msgids


def _notice(
    versions: Sequence[PageVersion],
    written: str,
    reader: str,
    progress: Progress,
    counts: Counts,
) -> Notice | None:
    if progress is Progress.ALL:
        return None
    msgid = NOT_TRANSLATED if progress is Progress.NONE else PARTLY_TRANSLATED
    language, (text, link) = _said(reader, msgid, GO_TO_ORIGINAL)
    names = {"language": name_for(reader, language), "original": name_for(written, language)}
    share = format_percent(counts.display_percent / 100, locale=known_locale(language) or "en")
    original = next((each for each in versions if is_readable_as(each.language, written)), None)
    return Notice(language, text.format(share=share, **names), link.format(**names), original)
