"""The configuration: found upward, checked key by key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from transpipe.config import Settings, defaults, find_config, json_schema, keys, load_config
from transpipe.errors import ConfigError
from transpipe.locales import parse_locale


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.transpipe]\nlanguages = ["es"]\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_config(inner) == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\n")
    assert find_config(inner) == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "transpipe.toml").write_text("")
    assert find_config(inner) == tmp_path / "a" / "transpipe.toml"


def test_what_a_file_says_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "transpipe.toml"
    path.write_text(
        'source_language = "es"\nlanguages = ["pt-br", "en", "pt_BR"]\nfail_under = 90\n'
        '[source_languages]\n"guide/**" = "en"\n'
    )
    config = load_config(path)
    assert config.source_language == parse_locale("es")
    assert config.languages == (parse_locale("pt_BR"), parse_locale("en"))
    assert config.source_languages == (("guide/**", parse_locale("en")),)
    assert config.settings.fail_under == 90
    assert config.pot_dir == tmp_path / "locale" / "pot"
    assert not config.is_sphinx_project


def test_without_a_file_no_source_language_is_claimed(tmp_path: Path) -> None:
    assert defaults(tmp_path).source_language is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("langages = []\n", "transpipe.toml:1: unknown key 'langages': did you mean 'languages'?"),
        ("\n\nzzz = 1\n", "transpipe.toml:3: unknown key 'zzz': known keys: source_language, "),
        ("[zzz]\na = 1\n", "transpipe.toml:1: unknown key 'zzz': "),
        ("fail_under = true\n", "transpipe.toml:1: 'fail_under' holds a boolean: give it a number"),
        ("fail_under = 101\n", "transpipe.toml:1: fail_under is 101: use a number from 0 to 100"),
        ("exclude = [1]\n", "transpipe.toml:1: 'exclude' holds a list of other things: "),
        ('output = "x"\n', "transpipe.toml:1: 'output' has no {language}: "),
        ('markdown = "x"\n', "transpipe.toml:1: unknown Markdown 'x': use 'gfm' or 'myst'"),
        (
            'shortcodes = ["figure"]\n',
            "transpipe.toml:1: 'figure' names no parameter: write it as 'figure.2'",
        ),
        ('a = "b\n', "transpipe.toml:1: is not TOML ("),
        (
            '[source_languages]\n"a/**" = "qq"\n',
            "transpipe.toml:1: unknown language code 'qq': ",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "transpipe.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(problem)


def test_a_pyproject_without_the_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[project]\nname = 'x'\n")
    with pytest.raises(ConfigError, match=r"has no \[tool.transpipe\] table"):
        load_config(path)


def test_every_key_is_documented_and_in_the_schema() -> None:
    schema = json_schema()
    assert list(schema["properties"]) == list(Settings.__dataclass_fields__)
    assert all(key.doc.endswith(".") for key in keys())
    assert json.loads(json.dumps(schema)) == schema
