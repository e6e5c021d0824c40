"""Documents from strangers: an error with path and line, or the laws; in bounded time and memory.

Time is not measured here: what takes more than a limit that is far off is stopped by the system.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="limits of time and memory need a POSIX system"
)

# What a limit stops ends with a signal, or with MemoryError: neither is an answer.
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_AS, ({memory} * 1024**2, {memory} * 1024**2))
from transpipe.cli import main
sys.argv = ["transpipe", *sys.argv[1:]]
main()
"""


def extract(
    folder: Path, *arguments: str, seconds: int = 60, memory: int = 1500
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-c", LIMITED.format(seconds=seconds, memory=memory)),
            *("extract", *arguments, "--output", str(folder / "pot")),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


FLAVOURS = ("none", "hugo", "mkdocs", "docusaurus", "jekyll")

HUGE = {
    "one line": "palabra " * 110_000,
    "quotes": "> " * 10_000 + "uno",
    "lists": "- " * 10_000 + "uno",
    "NUL": "\0" * 100_000,
    "shortcodes that never close": "{{< " * 10_000,
    "tags that never close": '<a b={" ' * 2_500,
    "braces": "{" * 100_000,
    "comments that never close": "<!-- " * 10_000,
    "markers": "<!-- i18n:skip -->\n" * 2_500,
    "definitions": '[a]: b "c"\n' * 2_500,
    "backticks": "` `` " * 10_000,
    "imports": "import {\n\n" * 3_000,
    "HTML": "<p>a <b>" * 2_500,
}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_huge_is_read_or_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "docs").mkdir()
    for flavour in FLAVOURS:
        (tmp_path / "docs" / f"{flavour}.md").write_text(HUGE[name])
    rows = ", ".join(f'"{flavour}.md" = "{flavour}"' for flavour in FLAVOURS)
    (tmp_path / "transpipe.toml").write_text(f'languages = ["es"]\nflavours = {{ {rows} }}\n')
    run = extract(tmp_path)
    assert run.returncode in (0, 2), run.stderr
    assert "Traceback" not in run.stderr
    if run.returncode:
        assert run.stderr.startswith("transpipe: ") or "docs/" in run.stderr
        assert "nested too deeply" in run.stderr


WRITTEN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from pathlib import Path
from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.translate import translate
from transpipe.model import Document
for flavour in {flavours}:
    page = Document("a", Path("a.md"), {text!r}, "markdown", None, flavour)
    assert translate(page, Options(), lambda segment: segment.msgid + " <b>").refused
    translate(page, Options(), lambda segment: segment.msgid + " zz")
"""


@pytest.mark.parametrize(
    "text",
    ["{" * 50_000, "{%" * 25_000, "[^" * 10_000],
    ids=["braces", "template tags", "footnotes"],
)
def test_what_is_huge_is_written_back(text: str) -> None:
    script = WRITTEN.format(flavours=FLAVOURS, text=text)
    run = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


FIFTY = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (2000 * 1024**2, 2000 * 1024**2))
from pathlib import Path
from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.translate import translate
from transpipe.model import Document
text = "palabra " * 6_500_000
page = Document("a", Path("a.md"), text, "markdown", None)
[segment] = FORMATS["markdown"].segments(page, Options())
result = translate(page, Options(), lambda segment: "word " + segment.msgid[8:])
assert result.text == "word " + text[8:].rstrip() + " "
"""


@pytest.mark.slow
def test_a_line_of_fifty_megabytes() -> None:
    run = subprocess.run([sys.executable, "-c", FIFTY], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: [a\n---\nuno\n", "a.md:3: the front matter is not YAML"),
        ("+++\ntitle = \n+++\nuno\n", "a.md:2: the front matter is not TOML"),
        ("---\na: &x [*x, *x]\nb: *y\n---\n", "a.md:3: the front matter is not YAML"),
        ("uno\n\n" + "> " * 10_000 + "dos\n", "a.md:3: lists or quotes are nested too deeply"),
    ],
)
def test_an_error_has_its_path_and_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.md").write_text(text)
    run = extract(tmp_path, "a.md")
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "pot").exists()


def test_a_fence_that_never_closes_is_code(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("uno\n\n```\nno\n\nno\n")
    assert "1 message" in extract(tmp_path, "a.md").stdout


def test_a_link_out_of_the_tree_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secreto\n")
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "a.md").write_text("uno\n")
    (tmp_path / "docs" / "b.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "docs" / "deep" / "up").symlink_to(tmp_path)
    run = extract(tmp_path, "docs")
    assert run.returncode == 0, run.stderr
    found = sorted(path.name for path in (tmp_path / "pot").rglob("*") if path.is_file())
    assert found == ["a.pot"]


@pytest.mark.parametrize("name", ["..", "...", "..a", "a..b"])
def test_names_with_dots_stay_in_the_output(tmp_path: Path, name: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / f"{name}.md").write_text("uno\n")
    run = extract(tmp_path, "docs")
    assert run.returncode in (0, 2), run.stderr
    written = set(tmp_path.rglob("*.pot"))
    assert all((tmp_path / "pot") in path.parents for path in written)
    assert "Traceback" not in run.stderr


def test_nothing_is_written_outside_by_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "p" / "docs").mkdir(parents=True)
    (tmp_path / "p" / "docs" / "a.md").write_text("uno\n")
    (tmp_path / "p" / "transpipe.toml").write_text(
        'languages = ["es"]\nsource_language = "en"\noutput = "../{language}/{path}"\n'
    )
    before = set(tmp_path.iterdir())
    for verb in (["extract"], ["update"], ["render"]):
        subprocess.run(
            [sys.executable, "-m", "transpipe", *verb],
            cwd=tmp_path / "p",
            capture_output=True,
            check=False,
        )
    assert set(tmp_path.iterdir()) == before
