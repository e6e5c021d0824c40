"""Count the translations of old catalogs that come over to the segmentation of transpipe.

    python tools/bench_normalize.py [CORPORA]

The catalogs are those of Comprehensive Rust, which mdbook-i18n-helpers segmented. The folder
defaults to $TRANSPIPE_CORPORA, else to ../shared/corpora beside the project.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import read_po
from transpipe.locales import parse_locale
from transpipe.model import State

PROJECT = Path(__file__).parent.parent
CODES = ("es", "pt-BR")


def transpipe(folder: str, *arguments: str | Path) -> None:
    """Run a verb in a folder."""
    command = [sys.executable, "-m", "transpipe", *map(str, arguments)]
    subprocess.run(command, cwd=folder, check=True)


def main() -> None:
    """Print the counts of each language."""
    default = os.environ.get("TRANSPIPE_CORPORA", PROJECT.parent / "shared" / "corpora")
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=Path(default))
    book = parser.parse_args().corpora.resolve() / "comprehensive-rust" / "old"
    if not book.is_dir():
        parser.error(f"no such folder: {book}")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "src").symlink_to(book / "src")
        Path(folder, "transpipe.toml").write_text('languages = ["es"]\nsource_dir = "src"\n')
        transpipe(folder, "extract", "--quiet")
        for code in CODES:
            path = book / "po" / f"{code}.po"
            transpipe(folder, "normalize", path, "-l", code)
            known = {m.msgid for m in read_po(path, code).catalog.messages if m.has_translation}
            catalogs = LocaleFolder(Path(folder, "locale")).read_catalogs(parse_locale(code))
            messages = [m for file in catalogs.values() for m in file.catalog.messages]
            active = [m for m in messages if not m.obsolete]
            done = [m for m in active if m.state is State.TRANSLATED]
            same = sum(m.msgid in known for m in done)
            fuzzy = sum(m.state is State.FUZZY for m in active)
            rows.append((code, len(active), same, len(done) - same, fuzzy))
    print("\n| language | messages | same msgid | other msgid, same text | fuzzy |")
    print("| --- | --- | --- | --- | --- |")
    for row in rows:
        print("|", " | ".join(map(str, row)), "|")


if __name__ == "__main__":
    main()
