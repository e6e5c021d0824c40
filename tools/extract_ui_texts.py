"""Bring the catalogs of transpipe's own texts up to date with the code, or check that they are.

The texts are those that readers see: beside a page of a site, and in the report as a site. Each is
an argument of a function of gettext's in Python, or is marked in a template of Jinja.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message as BabelMessage
from babel.messages.extract import extract_from_dir

from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import format_po, write_po
from transpipe.catalogs.template import make_template
from transpipe.catalogs.update import update_language
from transpipe.locales import parse_locale, path_code
from transpipe.model import Catalog, Message

PROJECT = Path(__file__).parent.parent
PACKAGE = Path("src/transpipe")
DOMAIN = "transpipe"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
# As the report reads its templates: what is text depends on it.
OPTIONS: dict[str, Any] = {
    "**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
}
# Functions that take a text: where, if not first; "c" is the context.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext_noop": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
COMMENT_TAG = "Translators:"


def messages() -> Iterator[Message]:
    """Find every text of the package that is marked, in the order of the files."""
    found = extract_from_dir(
        PROJECT / PACKAGE,
        METHODS,
        OPTIONS,
        KEYWORDS,
        (COMMENT_TAG,),
        strip_comment_tags=True,
    )
    for name, _line, text, comments, context in found:
        one = BabelMessage(text)
        msgid, msgid_plural = (text, None) if isinstance(text, str) else text[:2]
        yield Message(
            msgid,
            msgctxt=context,
            msgid_plural=msgid_plural,
            flags=tuple(sorted(one.flags)),
            references=((PACKAGE / name).as_posix(),),
            extracted_comments=tuple(comments),
        )


def template() -> Catalog:
    """Make the template of these texts."""
    return make_template(DOMAIN, messages(), parse_locale("en"), datetime.now(UTC))


def update(*, check: bool) -> Iterator[str]:
    """Bring each catalog up to date, or only look; give what is to be said of each that is not."""
    texts = template()
    folder = LocaleFolder(PROJECT / PACKAGE / "locale")
    for locale in folder.locales():
        files = folder.read_catalogs(locale)
        before = {domain: file.catalog for domain, file in files.items()}
        after = update_language({DOMAIN: texts}, before, locale, datetime.now(UTC))
        path = folder.catalog_path(locale, DOMAIN)
        file, catalog = files.get(DOMAIN), after.catalogs[DOMAIN]
        if check:
            if file is None or format_po(catalog, file) != path.read_text("utf-8"):
                yield f"{path}: out of date: run make ui-texts"
            continue
        write_po(path, catalog, file)
        states = [message.state.value for message in catalog.messages]
        counts = ", ".join(f"{states.count(one)} {one}" for one in dict.fromkeys(states))
        yield f"{path_code(locale)}: {counts}"


def main() -> int:
    """Update the catalogs; with ``--check``, write nothing and exit with 1 if one would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if outdated")
    check = parser.parse_args().check
    said = list(update(check=check))
    print("\n".join(said), end="\n" if said else "")
    return int(check and bool(said))


if __name__ == "__main__":
    sys.exit(main())
