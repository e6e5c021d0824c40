"""What every test can ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "project",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    max_examples=int(os.environ.get("TRANSPIPE_EXAMPLES", "100")),
    # The same examples in every run; other ones are what `make fuzz` is for.
    derandomize="TRANSPIPE_EXAMPLES" not in os.environ,
)
settings.load_profile("project")

# A make that runs the tests would change what the makes that the tests run print.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)

PROJECT = Path(__file__).parent.parent
WHOLE = bool(os.environ.get("TRANSPIPE_WHOLE"))
"""Whether large real projects are tested on all of their documents, as `make test-corpora` asks."""


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real documents and catalogs."""
    folder = Path(os.environ.get("TRANSPIPE_CORPORA", PROJECT.parent / "shared" / "corpora"))
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}: set TRANSPIPE_CORPORA to run this test")
    return folder
