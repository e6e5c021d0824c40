"""What a reader is told at the top of a page that is not translated, or not wholly."""

from __future__ import annotations

import gettext
import math
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from transpipe.config import Config
from transpipe.errors import TranspipeError
from transpipe.files import read_text
from transpipe.locales import language_name, path_code
from transpipe.model import Document

_LOCALES = Path(__file__).parent.parent / "locale"
_FIELD = re.compile(r"\{(language|source_language|original|percent)\}")


def notice(
    config: Config, document: Document, locale: Locale, original: str, percent: float
) -> str:
    """Write the notice of a document, in Markdown.

    :param original: the address of the original.
    :param percent: the translated share, from 0 to 100.
    :raises TranspipeError: if the template of the project is not in it, or cannot be read.
    """
    reader, template = _template(config, locale, percent)
    source = document.source_language or config.source_language or locale
    values = {
        "language": language_name(locale, reader),
        "source_language": language_name(source, reader),
        "original": original,
        "percent": str(math.floor(percent)),
    }
    return _FIELD.sub(lambda match: values[match[1]], template)


def is_notice(config: Config, locale: Locale, text: str) -> bool:
    """Tell whether the text of a block is a notice that :func:`notice` wrote, or a part of one."""
    said = " ".join(text.split())
    return any(
        re.fullmatch(pattern, said)
        for percent in (0.0, 50.0)
        for pattern in _patterns(_template(config, locale, percent)[1])
    )


def _patterns(template: str) -> Iterator[str]:
    """Give what the paragraphs of a notice look like, whatever is filled in."""
    for paragraph in re.split(r"\n[>\s]*\n", template.strip()):
        words = " ".join(re.sub(r"^[>\s]+", "", line) for line in paragraph.splitlines())
        pieces = _FIELD.split(" ".join(words.split()))[::2]
        if any(piece.strip() for piece in pieces):
            yield ".+?".join(re.escape(piece) for piece in pieces)


def _template(config: Config, locale: Locale, percent: float) -> tuple[Locale, str]:
    """Give the text to fill in, and the language it is in."""
    name = config.settings.notice
    if name:
        path = config.root / name.replace("{language}", path_code(locale))
        if not path.resolve().is_relative_to(config.root.resolve()):
            raise TranspipeError("leads out of the project", "change 'notice'", path=path)
        return locale, read_text(path).removeprefix("\ufeff")
    texts = gettext.translation("transpipe", _LOCALES, [path_code(locale)], fallback=True)
    _ = texts.gettext
    said = (
        # Translators: At the top of a page of which some paragraphs are untranslated.
        _(
            "This page is only partly translated into {language}. "
            "What is missing is shown in {original}."
        )
        if percent
        else _(
            "This page has not been translated into {language} yet. "
            "You are reading the original in {original}."
        )
    )
    link = _("Go to the page in {original}")
    # In these texts, which the Sphinx extension shows too, {original} is the name of a language.
    words = f"{said} [{link}]".replace("{original}", "{source_language}")
    return locale if texts.info() else Locale("en"), f"> {words}({{original}})"
