"""Files that have a part in a build."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from transpipe.sphinx.opened import module_files


def test_a_module_is_the_file_that_its_links_lead_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path.resolve() / "real"
    real.mkdir()
    for name in ("one.py", "two.py"):
        (real / name).write_text("")
    (tmp_path / "folder").symlink_to(real)
    (real / "alias.py").symlink_to(real / "two.py")
    for name in ("one", "alias"):
        spec = spec_from_file_location(f"its_{name}", tmp_path / "folder" / f"{name}.py")
        assert spec is not None
        monkeypatch.setitem(sys.modules, spec.name, module_from_spec(spec))
    found = {path for path in module_files() if path.startswith(str(tmp_path.resolve()))}
    assert found == {str(real / "one.py"), str(real / "two.py")}
