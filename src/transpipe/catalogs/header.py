"""The header of a catalog: the fields in the msgstr of the entry with the empty msgid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from babel import Locale

from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale, path_code, plural_rule
from transpipe.model import Catalog, Message

GENERATOR = "transpipe"
"""Without a version: an upgrade alone changes no file."""

CREATED = "POT-Creation-Date"
SOURCE_LANGUAGE = "X-Source-Language"


def make_header(fields: Mapping[str, str]) -> Message:
    """Make a header entry of its fields, in their order."""
    return Message("", "".join(f"{name}: {value}\n" for name, value in fields.items()))


def with_field(header: Message, name: str, value: str) -> Message:
    """Give a field a value where it stands, or add it at the end; all else stays."""
    pattern = re.compile(rf"^({re.escape(name)}[ \t]*:)[^\n]*", re.MULTILINE | re.IGNORECASE)
    text, count = pattern.subn(lambda match: f"{match[1]} {value}", header.msgstr, count=1)
    if not count:
        text += ("" if not text or text.endswith("\n") else "\n") + f"{name}: {value}\n"
    return replace(header, msgstr=text)


def source_language(catalog: Catalog) -> Locale | None:
    """Give the language a catalog's document is written in, if its header says so."""
    code = catalog.header_field(SOURCE_LANGUAGE)
    if not code:
        return None
    try:
        return parse_locale(code)
    except TranspipeError:
        return None  # a field that another tool may have written: no reason to stop


def is_ours(catalog: Catalog) -> bool:
    """Whether a header says that a catalog is of a document: by its source, or its generator."""
    generator = catalog.header_field("X-Generator") or ""
    return bool(catalog.header_field(SOURCE_LANGUAGE)) or generator.split()[:1] == [GENERATOR]


def plural_count(catalog: Catalog | None, locale: Locale) -> int:
    """Say how many plural forms a catalog has: by its header, else by its language."""
    field = catalog.header_field("Plural-Forms") if catalog else None
    # A longer number is refused where a file is read; it must do no harm in other catalogs.
    match = re.search(r"nplurals\s*=\s*([0-9]{1,2})(?![0-9])", field or "")
    return max(1, int(match[1])) if match else plural_rule(locale)[0]


def timestamp(moment: datetime) -> str:
    """Write a moment as gettext does: ``2026-03-01 14:05+0000``."""
    return moment.strftime("%Y-%m-%d %H:%M%z")


def template_header(domain: str, language: Locale | None, created: datetime) -> Message:
    """Make the header of a template."""
    return make_header(
        {
            "Project-Id-Version": domain,
            CREATED: timestamp(created),
            **_FORMAT,
            **({SOURCE_LANGUAGE: path_code(language)} if language else {}),
            "X-Generator": GENERATOR,
        }
    )


def catalog_header(template: Catalog, locale: Locale, now: datetime) -> Message:
    """Make the header of a new catalog."""
    language = template.header_field(SOURCE_LANGUAGE)
    return make_header(
        {
            "Project-Id-Version": template.header_field("Project-Id-Version") or template.domain,
            CREATED: template.header_field(CREATED) or timestamp(now),
            "Language": path_code(locale),
            "Plural-Forms": plural_rule(locale)[1],
            **_FORMAT,
            **({SOURCE_LANGUAGE: language} if language else {}),
            "X-Generator": GENERATOR,
        }
    )


_FORMAT = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
