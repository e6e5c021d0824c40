"""The examples of the CommonMark specification, from its npm package, each also wrapped."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping

import pytest

from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.translate import translate
from transpipe.errors import DocumentError
from transpipe.model import Placement, Segment

from .make import assert_laws, assert_spans_hold_segments, document

pytestmark = pytest.mark.slow

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm, for the package commonmark-spec")
    folder = tmp_path_factory.mktemp("npm")
    command = [npm, "install", "--silent", "--no-audit", "--prefix", str(folder)]
    run = subprocess.run([*command, "commonmark-spec@0.31.2"], capture_output=True, check=False)
    spec = folder / "node_modules" / "commonmark-spec" / "spec.txt"
    if run.returncode or not spec.is_file():
        pytest.skip("npm cannot install the package commonmark-spec")
    text = spec.read_text(encoding="utf-8")
    return [match[1].replace("→", "\t") for match in _EXAMPLE.finditer(text)]


def _prefixed(first: str, others: str) -> Callable[[str], str]:
    def wrap(text: str) -> str:
        lines = text.split("\n")
        rest = (others + line if line else others.rstrip() for line in lines[1:])
        return first + "\n".join((lines[0], *rest)) + "\n"

    return wrap


WRAPPERS: Mapping[str, Callable[[str], str]] = {
    "as it is": str,
    "quote": _prefixed("> ", "> "),
    "list": _prefixed("- ", "  "),
    "numbers": _prefixed("10. ", "    "),
    "tab": _prefixed("-\t", "\t"),
    "quote in a list": _prefixed("1. > ", "   > "),
    "footnote": lambda text: "a[^1]\n\n" + _prefixed("[^1]: ", "    ")(text),
    "definition": lambda text: "a\n" + _prefixed(": ", "  ")(text),
    "carriage return and line feed": lambda text: text.replace("\n", "\r\n"),
    "carriage return": lambda text: text.replace("\n", "\r"),
    "no final line break": lambda text: text.rstrip("\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "twice": lambda text: f"{text}\n{text}",
}


def _suffix(segment: Segment) -> str:
    return f"{segment.msgid} zz"


def _prefix(segment: Segment) -> str:
    return f"zz {segment.msgid}"


def _more_lines(segment: Segment) -> str:
    return f"{segment.msgid}\nzz"


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_nothing_is_lost_and_nothing_is_damaged(examples: list[str], wrapper: str) -> None:
    assert len(examples) == 652
    unread: list[int] = []
    refused: list[int] = []
    flagged = 0
    for number, example in enumerate(examples, 1):
        source = document(WRAPPERS[wrapper](example))
        options = Options(markdown="myst" if number % 2 else "gfm")
        try:
            found = FORMATS["markdown"].segments(source, options)
        except DocumentError:
            unread.append(number)
            continue
        assert translate(source, options, lambda segment: segment.msgid).text == source.text
        assert_spans_hold_segments(source, options)
        flagged += sum(segment.placement is Placement.UNLOCATED for segment in found)
        # One after the other: all for each would take minutes.
        lookup = (_suffix, _prefix, _more_lines)[(number + len(wrapper)) % 3]
        result = assert_laws(source, options, lookup)
        refused += [number for _ in result.refused if lookup is _suffix]
    assert not unread
    assert flagged == 0
    # "[foo]: zz" would be a definition.
    assert set(refused) <= {199}
