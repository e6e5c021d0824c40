"""What would break or shame a page, found in the catalogs: one check a function."""

from __future__ import annotations

from transpipe.checks.registry import Check, Context, Example, Scope, check
from transpipe.checks.run import CHECKS, run_checks, sentences

__all__ = ["CHECKS", "Check", "Context", "Example", "Scope", "check", "run_checks", "sentences"]
