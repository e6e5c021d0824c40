"""Old catalogs of another segmentation -> the catalogs of the project."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

import click
from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import PoFile, format_po, read_po
from transpipe.catalogs.resegment import Notation, resegment
from transpipe.catalogs.update import update_language
from transpipe.commands.options import PATH, config_option, project_config, verbosity_options
from transpipe.commands.wording import counted
from transpipe.config import Config
from transpipe.documents import fragments
from transpipe.documents.formats import SUFFIXES
from transpipe.errors import CatalogError
from transpipe.files import write_texts
from transpipe.locales import parse_locale, path_code
from transpipe.model import Catalog, Message, State
from transpipe.project import sources


@click.command()
@click.argument("files", nargs=-1, type=PATH, required=True)
@click.option(
    "-l",
    "--language",
    "code",
    metavar="CODE",
    help="The language of FILES. Default: what the header of the first says.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if there is something to write.")
@config_option
@verbosity_options
def normalize(
    files: tuple[Path, ...],
    code: str | None,
    check: bool,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Take translations from old catalogs with other msgids for the same text.

    FILES are catalogs that another tool segmented, or an older version of it: with the blocks of
    a list in one message, with line breaks in a message, with the addresses of links in place of
    their labels. A translation whose text reads the same is taken as it is; any doubt makes it
    fuzzy. FILES are not changed. Run 'transpipe extract' first.
    """
    config = project_config(config_file)
    folder = LocaleFolder(config.locale_dir, config.pot_dir)
    templates = {domain: file.catalog for domain, file in folder.read_templates().items()}
    if not templates:
        raise CatalogError(
            "holds no templates", "run 'transpipe extract' first", path=folder.templates
        )
    old = [read_po(path, path.stem) for path in files]
    locale = parse_locale(code) if code else _language_of(old[0])
    before = folder.read_catalogs(locale)
    wanted = [message for template in templates.values() for message in template.messages]
    donors = _donors(old, wanted, config)
    catalogs = {domain: file.catalog for domain, file in before.items()}
    result = update_language(templates, {**catalogs, **donors}, locale, datetime.now(UTC))
    changed = {
        domain: text
        for domain, catalog in result.catalogs.items()
        if domain not in donors
        and (text := format_po(catalog, before.get(domain)))
        != (before[domain].text if domain in before else None)
    }
    if not check:
        write_texts((folder.catalog_path(locale, domain), text) for domain, text in changed.items())
    if verbosity >= 0:
        after = [result.catalogs[domain] for domain in templates if domain in result.catalogs]
        _tell(locale, catalogs.values(), after, len(changed), check=check)
    return 1 if check and changed else 0


def _language_of(file: PoFile) -> Locale:
    code = file.catalog.header_field("Language")
    if not code:
        raise CatalogError(
            "the header does not name a language", "give it with -l CODE", path=file.path
        )
    return parse_locale(code)


def _donors(
    old: Iterable[PoFile], wanted: Iterable[Message], config: Config
) -> Mapping[str, Catalog]:
    """Give the old catalogs segmented anew, under names that no document has."""
    in_markdown: list[Message] = []
    others: list[Message] = []
    for message in wanted:
        (in_markdown if _is_markdown(message) else others).append(message)
    donors = {}
    for number, file in enumerate(old):
        catalog = file.catalog
        if in_markdown:
            catalog = resegment(catalog, in_markdown, _markdown(config))
        if others:
            catalog = resegment(catalog, others, _PLAIN)
        donors[f"../{number}"] = catalog
    return donors


def _is_markdown(message: Message) -> bool:
    paths = (PurePosixPath(word.partition(":")[0]) for word in message.references)
    return message.msgctxt is None and any(
        SUFFIXES.get(path.suffix.lower()) == "markdown" for path in paths
    )


def _plain_forms(msgid: str) -> tuple[Hashable, ...]:
    return (fragments.plain_form(msgid),)


_PLAIN = Notation(
    forms=_plain_forms,
    refit=lambda old, msgstr, new: fragments.fold(msgstr),
    split=lambda msgid, msgstr: (),
)


def _markdown(config: Config) -> Notation:
    """Give what is known of Markdown: of the flavour that the project's documents are in."""
    options = sources.options(config)

    def forms(msgid: str) -> tuple[Hashable, ...]:
        form = fragments.markdown_form(msgid, options.markdown)
        inside = fragments.inside_link(form)
        return (form,) if inside is None else (form, inside)

    return Notation(
        forms,
        partial(fragments.refit, flavour=options.markdown),
        partial(fragments.split, options=options),
    )


def _tell(
    locale: Locale,
    before: Iterable[Catalog],
    after: Iterable[Catalog],
    changed: int,
    *,
    check: bool,
) -> None:
    states = [message.state for catalog in after for message in catalog.messages]
    active = [state for state in states if state is not State.OBSOLETE]
    done, fuzzy = active.count(State.TRANSLATED), active.count(State.FUZZY)
    known = sum(
        message.state is State.TRANSLATED for catalog in before for message in catalog.messages
    )
    click.echo(
        f"{path_code(locale)}: {done} of {counted(len(active), 'message')} translated "
        f"({known} before), {fuzzy} fuzzy: {counted(changed, 'catalog')} "
        f"{'out of date' if check else 'written'}"
    )
