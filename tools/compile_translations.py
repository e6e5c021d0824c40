"""Build hook: compile the translations of the package's own texts, so that it ships .mo files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface[Any]):
    """Compile ``src/transpipe/locale/*/LC_MESSAGES/*.po``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write each .mo beside its .po and add it to what is packaged."""
        for path in sorted(Path(self.root, "src/transpipe/locale").glob("*/LC_MESSAGES/*.po")):
            compiled = path.with_suffix(".mo")
            with path.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source, locale=path.parent.parent.name))
            build_data["artifacts"].append(compiled.relative_to(self.root).as_posix())
