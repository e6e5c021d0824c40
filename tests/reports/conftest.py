"""Fixtures of the tests of reports."""

from __future__ import annotations

from tests.sphinx.conftest import compiled_interface_texts

__all__ = ["compiled_interface_texts"]
