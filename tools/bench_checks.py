"""Measure what the checks catch and what they cry wolf about, on published catalogs.

Real translations are damaged, one fault each, and the share that a check tells is printed by
class of fault. The undamaged ones give the findings per 1,000 messages. With --pofilter and
--sphinx-lint, paths of those programs, the same damaged messages go through them too.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from transpipe.catalogs.pofile import read_po, write_po
from transpipe.checks import Context, run_checks
from transpipe.commands.checkwork import with_rest
from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale
from transpipe.model import Catalog, Finding, Message, Severity, State

CORPORA = Path(
    os.environ.get("TRANSPIPE_CORPORA", Path(__file__).parent.parent.parent / "shared" / "corpora")
)
SETS = {
    ("markdown", "es"): ("comprehensive-rust/new/po", "es.po"),
    ("markdown", "pt_BR"): ("comprehensive-rust/new/po", "pt-BR.po"),
    ("rest", "es"): ("cpython-docs/locale/es", "*.po"),
    ("rest", "pt_BR"): ("cpython-docs/locale/pt_BR", "*.po"),
}
Damage = Callable[[Message], str | None]
"""Gives a damaged msgstr; None where a message has nothing to damage in this way."""


def _sub(pattern: str, put: str | Callable[[re.Match[str]], str]) -> Damage:
    def damage(message: Message) -> str | None:
        text, count = re.subn(pattern, put, message.msgstr, count=1)
        return text if count and text != message.msgstr else None

    return damage


def _add(text: str) -> Damage:
    return lambda message: f"{message.msgstr.rstrip('.')} {text}"


def _copy(message: Message) -> str | None:
    lower = re.findall(r"\b[a-z]{3,}\b", re.sub(r"`[^`]*`", "", message.msgid))
    return message.msgid if len(lower) >= 5 else None


def _half(message: Message) -> str | None:
    """Leave the second half of the source behind."""
    source = message.msgid.split(" ")
    return (
        " ".join([*message.msgstr.split(" ")[:3], *source[len(source) // 2 :]])
        if len(source) > 14 and "`" not in message.msgid
        else None
    )


def _short(message: Message) -> str | None:
    return message.msgstr.split(" ")[0] if len(message.msgid) > 120 else None


def _double(message: Message) -> str | None:
    return _sub(r"(?<=[a-z] )([a-záéíóúãõç]{3,})(?= [a-z])", r"\1 \1")(message)


_OTHER = "Les utilisateurs qui sont dans la liste ne peuvent pas voir cette page avec leur compte."

STRUCTURAL: Mapping[str, Damage] = {
    "role lost its name": _sub(r":(\w+):`", r":\1x:`"),
    "role or code target changed": _sub(r"(:\w+:`[^`<>]*?)(\w`)", r"\1X\2"),
    "link target changed": _sub(r"(?<!``)(\]\([^)\s`]+|<https?://(?!e[ns]\.wiki)[^>\s]+)", r"\1x"),
    "unclosed code": _sub(r"(?<!`)(`{1,2})([^`\n:<>]+)\1(?!`)(?=[\s.,])", r"\1\2"),
    "unclosed bold": _sub(r"(?<![\w*`])\*\*([^*\n`]+)\*\*(?!\w)", r"**\1"),
    "opens a list": lambda message: f"- {message.msgstr}",
    "opens a numbered list": lambda message: f"1986. {message.msgstr}",
    "two paragraphs": lambda message: f"{message.msgstr}\n\nOtro párrafo.",
    "placeholder changed": _sub(
        r"^([^`]*)(?:(%\()\w+(\)s)|(\{)[a-z_]+(\}))(?!`)", r"\1\2\4xyz\3\5"
    ),
    "new host": _add("https://evil.example/x"),
    "javascript link": _add("[x](javascript:alert(1)) `x <javascript:alert(1)>`_"),
    "bidirectional override": _add("\u202egnp.exe"),
    "escape sequence": _add("\x1b[31m"),
    "look-alike address": _add("https://ex\u0430mple.org/"),
}
OTHERS: Mapping[str, Damage] = {
    "nothing: a false alarm": lambda message: message.msgstr,
    "number changed": _sub(r"(?<![\w.`:-])(\d\d+)(?![\w.`-])", r"7\1"),
    "end mark lost": lambda m: m.msgstr[:-1] if re.search(r"\w[.?:]$", m.msgstr) else None,
    "space at the end": lambda m: m.msgstr + " ",
    "doubled word": _double,
    "untranslated copy": _copy,
    "source left behind": _half,
    "far too short": _short,
    "foreign letter": _sub(r"(?<=[a-z])a(?=[a-z]+ )", "\u0430"),
    "another language": lambda m: _OTHER if len(m.msgid) > 60 else None,
    "invisible character": _sub(r"(?<=[a-z]{3})(?=[a-z]{2})", "\u200b"),
    "opening mark lost": _sub("[¿¡]", ""),
}


@dataclass(frozen=True)
class Sample:
    """Published translations of one language and syntax."""

    syntax: str
    code: str
    catalogs: tuple[Catalog, ...]

    @property
    def context(self) -> Context:
        """What the checks know."""
        context = Context(parse_locale(self.code), self.syntax)
        return with_rest(context) if self.syntax == "rest" else context

    def findings(self, catalog: Catalog) -> tuple[Finding, ...]:
        """Check a catalog."""
        return run_checks(catalog, Path("x.po"), self.syntax, context=self.context)


def samples(share: int) -> Iterator[Sample]:
    """Read every catalog, and take one message of so many."""
    for (syntax, code), (folder, pattern) in SETS.items():
        catalogs = []
        for path in sorted((CORPORA / folder).rglob(pattern)):
            try:
                catalog = read_po(path, path.stem, parse_locale(code)).catalog
            except TranspipeError:
                continue
            kept = [
                message
                for message in catalog.messages
                if message.state is State.TRANSLATED and message.msgid_plural is None
            ]
            catalogs.append(replace(catalog, messages=tuple(kept[:: share or 1])))
        yield Sample(syntax, code, tuple(catalogs))


def false_alarms(sample: Sample) -> None:
    """Print what is said of translations as they were published."""
    started = time.process_time()
    total, found = 0, Counter[tuple[str, str]]()
    for catalog in sample.catalogs:
        total += len(catalog.messages)
        for finding in sample.findings(catalog):
            found[finding.severity.value, finding.check] += 1
    seconds = time.process_time() - started
    print(f"\n{sample.syntax} {sample.code}: {total} messages, {seconds:.1f} s of CPU time")
    for severity in Severity:
        count = sum(n for (level, _), n in found.items() if level == severity)
        print(f"  {severity.value}s: {1000 * count / max(total, 1):.1f} per 1,000 messages")
    for (severity_name, check), count in found.most_common():
        print(f"    {check:28}{severity_name:8}{count:6}")


def recall(sample: Sample, size: int, tools: Mapping[str, str]) -> None:
    """Damage messages that transpipe says nothing of, and print the share that is told."""
    chance = random.Random(1)
    pool = [(message, catalog) for catalog in sample.catalogs for message in catalog.messages]
    chance.shuffle(pool)
    print(f"\n{sample.syntax} {sample.code}: damaged messages that are told")
    print("  {:30}{:>6}{:>11}".format("fault", "of", "transpipe")
          + "".join(f"{name:>13}" for name in tools))  # fmt: skip
    for group, severity in ((STRUCTURAL, Severity.ERROR), (OTHERS, None)):
        for name, damage in group.items():
            damaged = list(_damaged(pool, damage, sample, size))
            if not damaged:
                continue
            caught = sum(_told(sample, message, severity) for message in damaged)
            line = f"  {name:30}{len(damaged):>6}{100 * caught / len(damaged):>10.1f}%"
            for tool, path in tools.items():
                told = _by_tool(tool, path, damaged, sample)
                line += f"{100 * told / len(damaged):>12.1f}%"
            print(line, flush=True)


def _damaged(
    pool: list[tuple[Message, Catalog]], damage: Damage, sample: Sample, size: int
) -> Iterator[Message]:
    count = 0
    for message, catalog in pool:
        text = damage(message)
        if text is None:
            continue
        if sample.findings(replace(catalog, header=Message(""), messages=(message,))):
            continue
        yield replace(message, msgstr=text)
        count += 1
        if count == size:
            return


def _told(sample: Sample, message: Message, severity: Severity | None) -> bool:
    catalog = Catalog("x", parse_locale(sample.code), Message(""), (message,))
    return any(
        severity is None or finding.severity is severity for finding in sample.findings(catalog)
    )


def _by_tool(tool: str, path: str, damaged: list[Message], sample: Sample) -> int:
    """Count the messages that a program tells, each in a catalog of its own."""
    header = Message("", "Content-Type: text/plain; charset=UTF-8\nLanguage: es\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, message in enumerate(damaged):
            lone = replace(message, comments=(), flags=(), references=(f"a.rst:{number}",))
            catalog = Catalog("x", None, header, (lone,))
            write_po(folder / "in" / f"{number}.po", catalog)
        if tool == "pofilter":
            command = [path, f"--language={sample.code}", "in", "out"]
            subprocess.run(command, cwd=folder, capture_output=True, check=False)
            return len(list(folder.glob("out/*.po")))
        result = subprocess.run(
            [path, "in"], cwd=folder, capture_output=True, text=True, check=False
        )
        return len(set(re.findall(r"^in/(\d+)\.po:", result.stdout + result.stderr, re.MULTILINE)))


def main() -> None:
    """Print both tables for each catalog."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=20, help="take one message of so many")
    parser.add_argument("--size", type=int, default=100, help="damaged messages of each class")
    parser.add_argument("--pofilter", help="the program of the Translate Toolkit")
    parser.add_argument("--sphinx-lint", help="the program")
    options = parser.parse_args()
    if not CORPORA.is_dir():
        raise SystemExit(f"no corpora at {CORPORA}: set TRANSPIPE_CORPORA")
    tools = {"pofilter": options.pofilter, "sphinx-lint": options.sphinx_lint}
    for sample in samples(options.share):
        false_alarms(sample)
        recall(sample, options.size, {name: path for name, path in tools.items() if path})


if __name__ == "__main__":
    main()
