"""The languages of data, each loaded when a document holds it: their readers take long to load."""

from __future__ import annotations

from functools import cache

from transpipe.documents.scalars import Syntax


@cache
def syntax(name: str) -> Syntax:
    """Give the language of data that has a name: ``yaml``, ``toml`` or ``json``."""
    match name:
        case "yaml":
            from transpipe.documents.yaml_data import Yaml

            return Yaml()
        case "toml":
            from transpipe.documents.toml_data import Toml

            return Toml()
        case _:
            from transpipe.documents.json_data import Json

            return Json()
