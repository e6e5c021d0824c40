"""What a reader of documents may choose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are taken apart. Extraction and writing need the same options."""

    front_matter: tuple[str, ...] = ("title", "description", "summary")
    """The keys of the front matter whose text is translated: see :mod:`.keypaths`."""
    data: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The keys of data files whose text is translated, by glob of the document's name."""
    markdown: str = "gfm"
    """The Markdown: ``gfm`` or ``myst``; :func:`.markdown_parser.parser` tells more."""

    code_comments: bool = False
    """Whether the comments in code blocks are translated."""
    shortcodes: tuple[str, ...] = ()
    """The parameters without a name that hold text: see :mod:`transpipe.shortcodes`."""

    def __post_init__(self) -> None:
        if self.markdown not in ("gfm", "myst"):
            raise ValueError(f"no such Markdown: {self.markdown!r}")
