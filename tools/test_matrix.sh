#!/usr/bin/env bash
# Run the tests on every supported Python that is on this machine: python3.11, python3.12 …
# or the interpreters named in PYTHONS.
set -euo pipefail
cd "$(dirname "$0")/.."

for python in ${PYTHONS:-python3.11 python3.12 python3.13 python3.14}; do
  if ! "$python" -c 'import sys' 2>/dev/null; then
    echo "== $python: not found here, not tested"
    continue
  fi
  echo "== $("$python" --version)"
  environment="build/matrix/$(basename "$python")"
  "$python" -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --upgrade pip
  "$environment/bin/python" -m pip install --quiet --editable '.[docs]' --group dev
  TRANSPIPE_PROCESSES=1 "$environment/bin/pytest" -q -n 2 --dist loadfile
done
