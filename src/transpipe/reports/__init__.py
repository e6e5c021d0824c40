"""A computed result becomes text: one file an output, which never reads a catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from transpipe.model import Adoption, Completeness, Finding

Result = TypeVar("Result")


class Reports(Mapping[str, Callable[[Result], str]], Generic[Result]):
    """The reports of one kind of result by their names; each is imported when it is asked for."""

    def __init__(self, functions: Mapping[str, str]) -> None:
        """Take where each report is: ``module:function`` below this package."""
        self._functions = functions

    def __getitem__(self, name: str) -> Callable[[Result], str]:
        module, _, function = self._functions[name].partition(":")
        found = getattr(import_module(f"transpipe.reports.{module}"), function)
        return cast(Callable[[Result], str], found)

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)


COMPLETENESS: Reports[Completeness] = Reports(
    {
        "text": "completeness_text:report",
        "json": "completeness_json:report",
        "markdown": "completeness_markdown:report",
        "csv": "completeness_csv:report",
        "junit": "completeness_junit:report",
        "badge": "badge:report",
        "shields": "badge:shields",
        "chart": "chart:report",
    }
)
"""Reports of how complete the languages are, by the name of the format."""

FINDINGS: Reports[Sequence[Finding]] = Reports(
    {
        "text": "findings_text:report",
        "json": "findings_json:report",
        "github": "findings_github:report",
        "sarif": "findings_sarif:report",
        "junit": "findings_junit:report",
    }
)
"""Reports of what is wrong, by the name of the format."""

ADOPTIONS: Reports[Adoption] = Reports(
    {
        "text": "adoption_text:report",
        "json": "adoption_json:report",
        "html": "adoption_html:report",
    }
)
"""Reports of what adopting a site does, by the name of the format."""
