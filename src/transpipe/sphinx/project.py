"""What a run of Sphinx is given and gives back. Nothing here imports Sphinx."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale


@dataclass(frozen=True, slots=True)
class SphinxProject:
    """A project that Sphinx can build. Its conf.py is executed by Sphinx and by no one else."""

    source_dir: Path
    """The folder of source documents."""
    conf_dir: Path
    """The folder of conf.py: usually the same."""
    doctree_dir: Path
    """Where Sphinx keeps what it has read; each kind of run has its own folder in it."""
    source_language: Locale
    """The language that documents are written in, unless something says otherwise."""
    source_languages: tuple[tuple[str, Locale], ...] = ()
    """Documents in another language, by glob; the first that matches decides."""
    front_matter: tuple[str, ...] = ("title", "description", "summary")
    """The keys of the front matter whose texts are messages."""
    gettext_compact: bool | str = False
    """Which documents share a catalog, when a site is built."""
    title: str | None = None
    """The name of the site, where conf.py is ours and has none."""
    generated: tuple[str, ...] = ()
    """Documents that :func:`~transpipe.sphinx.staging.stage` wrote: they have no catalog."""
    originals: tuple[tuple[Path, Path], ...] = ()
    """Staged documents, each with the file it was made of: what warnings are to name."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run of Sphinx is."""

    phase: str
    """What is being done: ``reading`` or ``writing``."""
    document: str
    """The document that was begun; empty at the beginning of a phase."""
    total: int
    """At the beginning of a phase, how many documents there are."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run of Sphinx took, in seconds of the processor and bytes of memory."""

    phases: tuple[tuple[str, float], ...] = ()
    """In the order of the run."""
    slowest: tuple[tuple[str, float], ...] = ()
    """The documents that took longest to read and write."""
    read: int = 0
    """How many documents were read."""
    peak: int = 0

    @property
    def seconds(self) -> float:
        """The whole time."""
        return sum(seconds for _, seconds in self.phases)


@dataclass(frozen=True, slots=True)
class SiteResult:
    """A site that was built."""

    locale: Locale
    output_dir: Path
    pages: int
    """The documents it holds."""
    warnings: tuple[str, ...]
    """Sphinx's warnings, in the order they came."""
    note: str = ""
    """Why everything was read again although there was an earlier build; else empty."""
    figures: Figures = field(default_factory=Figures)
    """What it took."""
    is_bad: bool = False
    """Whether the builder itself found something bad: for linkcheck, a broken link."""
