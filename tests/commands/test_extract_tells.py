"""What extract says of documents: who reads them, and what told their language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def extract(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "transpipe", "extract", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def plant(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_rest_in_a_bare_folder_is_named_and_left_out(tmp_path: Path) -> None:
    plant(tmp_path, {"docs/a.md": "uno\n", "docs/b.rst": "dos\n"})
    plant(tmp_path, {"transpipe.toml": 'languages = ["es"]\n'})
    run = extract(tmp_path)
    assert run.returncode == 0
    assert "docs/b.rst: is reStructuredText, which is extracted by Sphinx: left out" in run.stderr
    assert "give it a conf.py" in run.stderr
    assert "1 template, 1 message" in run.stdout


def test_where_there_is_nothing_else_it_is_an_error(tmp_path: Path) -> None:
    plant(tmp_path, {"docs/b.rst": "dos\n", "transpipe.toml": 'languages = ["es"]\n'})
    run = extract(tmp_path)
    assert run.returncode == 2
    assert "docs/b.rst: is reStructuredText" in run.stderr and "conf.py" in run.stderr


def test_which_rule_decided_a_language(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "docs/a.md": "a\n",
            "docs/b.es.md": "b\n",
            "docs/c.md": "---\nlang: pt\n---\nc\n",
            "docs/x/d.md": "d\n",
            "transpipe.toml": 'languages = ["es", "pt"]\nflavour = "hugo"\n'
            'source_languages = { "x/**" = "pt" }\n',
        },
    )
    said = extract(tmp_path, "-v").stdout
    assert "a.md: markdown, hugo, in en (by 'source_language')" in said
    assert "b.es.md: markdown, hugo, in es (by its file name)" in said
    assert "c.md: markdown, hugo, in pt (by its front matter)" in said
    assert "d.md: markdown, hugo, in pt (by 'source_languages')" in said


def test_an_unknown_flavour_is_named(tmp_path: Path) -> None:
    plant(tmp_path, {"docs/a.md": "a\n", "transpipe.toml": 'flavours = { "**" = "gatsby" }\n'})
    run = extract(tmp_path)
    assert run.returncode == 2
    assert "transpipe.toml:1: unknown flavour 'gatsby': use one of none, hugo" in run.stderr
