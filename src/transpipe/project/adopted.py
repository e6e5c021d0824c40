"""What `adopt` put into catalogs: so that it can be run again and loses nobody's work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from transpipe.config import Config
from transpipe.errors import TranspipeError
from transpipe.files import read_text

FILE_NAME = "adopted.json"
VERSION = 1

Digests = Mapping[str, Mapping[str, frozenset[str]]]
"""By language code and domain: the digests of :func:`transpipe.catalogs.adopt.adopt`."""


def record_path(config: Config) -> Path:
    """Give the place of the record: with the catalogs, to be committed with them."""
    return config.locale_dir / FILE_NAME


def read_record(path: Path) -> Digests:
    """Read what the last adoption took; where there was none, nothing.

    :raises TranspipeError: if it is not such a record.
    """
    if not path.exists():
        return {}
    try:
        data = json.loads(read_text(path))
        if data["version"] != VERSION:
            raise ValueError
        return {
            language: {domain: frozenset(digests) for domain, digests in domains.items()}
            for language, domains in data["catalogs"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise TranspipeError(
            "is no record of adopted pages", "restore it from version control", path=path
        ) from problem


def format_record(digests: Digests) -> str:
    """Write a record, in an order that does not change."""
    catalogs = {
        language: {domain: sorted(each) for domain, each in sorted(domains.items()) if each}
        for language, domains in sorted(digests.items())
    }
    return json.dumps({"version": VERSION, "catalogs": catalogs}, indent=1) + "\n"
