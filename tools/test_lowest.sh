#!/usr/bin/env bash
# Run the tests with the lowest version of each direct dependency that pyproject.toml allows.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=build/lowest
"${PYTHON:-python3}" -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --upgrade pip uv
"$environment/bin/python" -m uv pip install --quiet --python "$environment/bin/python" \
  --resolution lowest-direct --editable '.[docs]'
# Tools of development may be newer; what the first command chose stays.
"$environment/bin/python" -m pip freeze --exclude-editable >"$environment/lowest.txt"
"$environment/bin/python" -m uv pip install --quiet --python "$environment/bin/python" \
  --constraint "$environment/lowest.txt" --group dev
TRANSPIPE_PROCESSES=1 "$environment/bin/pytest" -q -n 2 --dist loadfile
