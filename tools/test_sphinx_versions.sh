#!/usr/bin/env bash
# Prove on each version of Sphinx that is supported that what makes it faster changes nothing:
# those named in SPHINXES, or the first and the last of each that was tested. What is new needs a
# newer Python: PYTHON names it.
set -euo pipefail
cd "$(dirname "$0")/.."

for version in ${SPHINXES:-8.0 8.2 9.0}; do
  environment="build/sphinx/$version"
  "${PYTHON:-python3}" -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --upgrade pip
  "$environment/bin/python" -m pip install --quiet --editable . --group dev "sphinx==$version.*"
  echo "== $("$environment/bin/python" -m sphinx --version)"
  "$environment/bin/pytest" -q -n 2 --dist loadfile tests/sphinx/test_speed.py "$@"
done
