"""Measure what the checks catch and what they cry wolf about, on published catalogs.

Real translations are damaged, one fault each, and the share that a check tells is printed by
class of fault. A construct that few of them hold is first put into some that lack it, into the
source and the translation alike. The undamaged ones give the findings per 1,000 messages. With
--pofilter and --sphinx-lint, paths of those programs, they too are given the damaged messages.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from transpipe.catalogs.pofile import parse_po, write_po
from transpipe.checks import Context, run_checks
from transpipe.checks.plainrest import read_plainly
from transpipe.checks.run import CHECKS, DEFAULTS, Severities
from transpipe.errors import CatalogError
from transpipe.files import read_text
from transpipe.locales import parse_locale
from transpipe.model import Catalog, Finding, Message, Severity, State
from transpipe.project.checkterms import Terminology, Terms
from transpipe.project.checkwork import with_rest
from transpipe.sphinx.rstcompare import read_rest

JUDGED = Path(__file__).parent / "judged_findings.csv"
"""What a person who looked at findings on the corpora said of each."""

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
        # Without any text it is no translation.
        return text if count and text.strip() and text != message.msgstr else None

    return damage


def _outside_code(pattern: str, put: str) -> Damage:
    """Damage what stands before any code; the groups of the pattern count from 2."""
    return _sub(rf"\A([^`]*?){pattern}", rf"\1{put}")


def _add(text: str) -> Damage:
    return lambda message: f"{message.msgstr.rstrip('.')} {text}"


def _add_to_sentence(text: str) -> Damage:
    """Add a construct where it is one: not in code."""
    return lambda m: f"{m.msgstr} {text}" if re.search(r"\w\.\Z", m.msgstr) else None


def _said(text: str) -> str:
    """Leave out code and addresses."""
    return re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+", " ", text, flags=re.DOTALL)


def _copy(message: Message) -> str | None:
    lower = re.findall(r"\b[a-z]{3,}\b", _said(message.msgid))
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
    return message.msgstr.split(" ")[0] if len(_said(message.msgid)) > 120 else None


def _double(message: Message) -> str | None:
    return _sub(r"(?<=[a-z] )([a-záéíóúãõç]{3,})(?= [a-z])", r"\1 \1")(message)


_OTHER = "Les utilisateurs qui sont dans la liste ne peuvent pas voir cette page avec leur compte."

_FREE = "(?:abbr|dfn|emphasis|guilabel|index|kbd|menuselection|strong|sub|sup|title)"
"""Roles whose content may be translated."""
_VARIANT = r"https?://\w+\.wiki"
"""Where a page of another name may be the same page in another language."""

STRUCTURAL: Mapping[str, Damage] = {
    "role lost its name": _sub(r":(\w+):`", r":\1x:`"),
    "role or code target changed": _sub(rf"(:(?!{_FREE}:)\w+:`[^`<>]*?)(\w`)", r"\1X\2"),
    "link target changed": _sub(
        rf"(?<!``)(\]\((?=[\w./#<])(?!{_VARIANT})[^)\s`]+|<(?!{_VARIANT})https?://[^>\s]+)", r"\1x"
    ),
    "unclosed code": _sub(r"(?<!`)(`{1,2})([^`\n:<>]+)\1(?!`)(?=[\s.,])", r"\1\2"),
    "unclosed bold": _sub(r"(?<![\w*`])\*\*([^*\n`]+)\*\*(?!\w)", r"**\1"),
    "opens a list": lambda message: f"- {message.msgstr}",
    "opens a numbered list": lambda message: f"1986. {message.msgstr}",
    "fence unclosed": _sub(r"\A(```[^`]*\n)```\Z", r"\1"),
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


@dataclass(frozen=True)
class Construct:
    """What few published messages hold: put into others, and then damaged in the msgstr."""

    syntax: str
    examples: tuple[str, ...]
    """What is put into a message, one of these."""

    def put_into(self, message: Message) -> Message | None:
        """Put the same example in the same place of msgid and msgstr.

        It stands at the start, between words that both begin with, or behind the sentence; None
        where either has no such place.
        """
        chance = random.Random(message.msgid)
        put, example = chance.choice(_PLACES), chance.choice(self.examples)
        msgid, msgstr = put(message.msgid, example), put(message.msgstr, example)
        return replace(message, msgid=msgid, msgstr=msgstr) if msgid and msgstr else None


def _at_the_start(text: str, example: str) -> str | None:
    return f"{example} {text}" if text[:1].isalpha() else None


def _between_words(text: str, example: str) -> str | None:
    words = re.match(r"(?:[^\W\d_]+,? ){1,4}(?=[^\W\d_]+[ .,])", text)
    return f"{words[0]}{example} {text[words.end() :]}" if words else None


def _at_the_end(text: str, example: str) -> str | None:
    return f"{text} {example}" if re.search(r"\w\.\Z", text) else None


_PLACES = (_at_the_start, _between_words, _at_the_end)


_IMAGE = Construct("markdown", ("![A map](img/map.png)", "![](logo.svg)", "![A map][map]"))
_NOTE = Construct("markdown", ("[^1]", "[^note]", "[^a-long-one]"))
_MYST_NAME = Construct("markdown", ("{{version}}", "{{ product_name }}", "{{ name | upper }}"))
_TAG = Construct(
    "markdown",
    ("<kbd>Ctrl</kbd>", "<sup>2</sup>", '<span class="new">3.1</span>', '<a href="x.html">X</a>'),
)
_MYST_ROLE = Construct(
    "markdown",
    ("{ref}`start`", "{doc}`X <guide/start>`", "{py:func}`len`", "{term}`X <X ray>`",
     "{kbd}`Ctrl`", "{numref}`figure-1`", "{eq}`sum`"),
)  # fmt: skip
_MATH = Construct("markdown", ("$x_1 + y$", "$$E = mc^2$$", "$\\alpha$", "$10$"))
_ATTRIBUTES = Construct(
    "markdown", ("![A map](map.png){width=50%}", "[so]{#start .wide}", "`so`{.new lang=en}")
)
_FENCE = Construct("markdown", ("\n```python\nrun()\n```\n", "\n~~~ sh\nmake\n~~~\n"))
_EMPHASIS = Construct("markdown", ("*so*", "_so_", "*so and so*"))
_REST_EMPHASIS = Construct("rest", ("*so*", "*so and so*"))
_REST_NOTE = Construct("rest", ("[1]_", "[#]_", "[#note]_", "[CIT2002]_"))
_REST_NAME = Construct("rest", ("|version|", "|product name|", "|logo|"))
_REST_ROLE = Construct(
    "rest",
    (":ref:`start`", ":doc:`X <guide/start>`", ":py:func:`len`", ":kbd:`Ctrl`", ":pep:`8`",
     ":numref:`figure-1`", ":term:`X <X ray>`", ":sup:`2`"),
)  # fmt: skip

_TAGS = r"<(\w+)([^<>]*)>([^<`]*)</\2>"
_ANY_IMAGE = r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])"
_FORMULA = r"(?<!\w)(\$\$?)(?!\s)([^$]+)(?<!\s)\2(?!\w)"
_ATTRIBUTE = r"(?:[#.][a-z]\w*|[a-z]+(?==))"
_ANY_REST_NOTE = r"(?<!\S)\[([#\w]+)\]_(?!\w)"
_ANY_REST_NAME = r"(?<!\S)\|([^|\s][^|]*)\|"


def _math_added(message: Message) -> str | None:
    return f"{message.msgstr} $z$" if re.search(r"(?<!\w)\$[^$\s]+\$", message.msgid) else None


CARRIED: Mapping[str, tuple[Construct, Damage]] = {
    "image target changed": (_IMAGE, _outside_code(r"(!\[[^\]]*\][(\[])", r"\2x")),
    "image dropped": (_IMAGE, _outside_code(_ANY_IMAGE, "")),
    "image added": (_IMAGE, _add_to_sentence("![A plan](plan.png)")),
    "image made a link": (_IMAGE, _outside_code(r"!(?=\[[^\]]*\][(\[])", "")),
    "footnote changed": (_NOTE, _outside_code(r"\[\^([\w-]+)\]", r"[^\g<2>2]")),
    "footnote dropped": (_NOTE, _outside_code(r"\[\^[\w-]+\]", "")),
    "footnote added": (_NOTE, _add_to_sentence("[^other]")),
    "footnote unclosed": (_NOTE, _outside_code(r"(\[\^[\w-]+)\]", r"\2")),
    "footnote with a space": (_NOTE, _outside_code(r"\[\^(?=[\w-]+\])", "[^ ")),
    "MyST substitution changed": (_MYST_NAME, _outside_code(r"(\{\{\s*\w+)", r"\2x")),
    "MyST substitution dropped": (_MYST_NAME, _outside_code(r"\{\{\s*\w[^{}]*\}\}", "")),
    "MyST substitution added": (_MYST_NAME, _add_to_sentence("{{other}}")),
    "MyST substitution unclosed": (
        _MYST_NAME, _outside_code(r"(\{\{\s*\w[^{}]*\})\}", r"\2")),
    "MyST substitution with one brace": (
        _MYST_NAME, _outside_code(r"\{(\{\s*\w[^{}]*\})\}", r"\2")),
    "tag unclosed": (_TAG, _outside_code(_TAGS, r"<\2\3>\4")),
    "tag never opened": (_TAG, _outside_code(_TAGS, r"\4</\2>")),
    "tag closed as it is opened": (_TAG, _outside_code(_TAGS, r"<\2\3>\4<\2>")),
    "tags dropped": (_TAG, _outside_code(_TAGS, r"\4")),
    "tags changed": (_TAG, _outside_code(_TAGS, r"<em>\4</em>")),
    "tag broken": (_TAG, _outside_code(_TAGS, r"<\2\3>\4< /\2>")),
    "end tag first": (_TAG, _outside_code(_TAGS, r"</\2>\4<\2\3>")),
    "attribute changed": (_TAG, _outside_code(r'(<\w+ (?:class|href)=")', r"\2x")),
    "tag added": (_TAG, _outside_code(r"(?<![^ ])([^\W\d_]+)(?= )", r"<b>\2</b>")),
    "formula changed": (_MATH, _outside_code(_FORMULA, r"\2z\3\2")),
    "formula dropped": (_MATH, _outside_code(_FORMULA, "")),
    "formula added": (_MATH, _math_added),
    "formula unclosed": (_MATH, _outside_code(_FORMULA, r"\2\3")),
    "formula without dollars": (_MATH, _outside_code(_FORMULA, r"\3")),
    "attributes changed": (_ATTRIBUTES, _sub(rf"(?<=[)\]`]\{{){_ATTRIBUTE}", r"\g<0>x")),
    "attributes dropped": (_ATTRIBUTES, _sub(rf"(?<=[)\]`])\{{{_ATTRIBUTE}[^{{}}`]*\}}", "")),
    "attributes apart": (_ATTRIBUTES, _sub(rf"(?<=[)\]`])(?=\{{{_ATTRIBUTE})", " ")),
    "attributes unclosed": (_ATTRIBUTES, _sub(rf"(?<=[)\]`])(\{{{_ATTRIBUTE}[^{{}}`]*)\}}", r"\1")),
    "attributes added": (_ATTRIBUTES, _sub(rf"(?<=[)\]`])\{{(?={_ATTRIBUTE})", "{onclick=x ")),
    "language of a fence changed": (_FENCE, _sub(r"(?m)^(```|~~~)( ?\w+)$", r"\1\2x")),
    "language of a fence dropped": (_FENCE, _sub(r"(?m)^(```|~~~) ?\w+$", r"\1")),
    "emphasis unclosed": (
        _EMPHASIS,
        _outside_code(r"(?<![\w*_\\])([*_])(?=\w)([^*_\n`]+)(?<=\w)\2(?![\w*_])", r"\2\3"),
    ),
    "reST emphasis unclosed": (
        _REST_EMPHASIS, _outside_code(r"(?<!\S)\*(?=\w)([^*\n`]+)(?<=\w)\*(?=[\s.,])", r"*\2")),
    "MyST role changed": (_MYST_ROLE, _outside_code(r"(\{[\w:]+)(\}`)", r"\2x\3")),
    "MyST role target changed": (
        _MYST_ROLE, _outside_code(r"(\{(?!kbd)[\w:]+\}`[^`]*?)(>?`)", r"\2x\3")),
    "MyST role apart": (_MYST_ROLE, _outside_code(r"(\{[\w:]+\})(`)", r"\2 \3")),
    "MyST role unclosed": (_MYST_ROLE, _outside_code(r"(\{[\w:]+\}`[^`]*)`", r"\2")),
    "MyST role without braces": (_MYST_ROLE, _outside_code(r"\{([\w:]+)\}(?=`)", r"\2")),
    "MyST role dropped": (_MYST_ROLE, _outside_code(r"\{[\w:]+\}`([^`]*)`", r"\2")),
    "MyST role added": (_MYST_ROLE, _add_to_sentence("{ref}`other`")),
    "reST footnote changed": (_REST_NOTE, _outside_code(_ANY_REST_NOTE, r"[\g<2>2]_")),
    "reST footnote dropped": (_REST_NOTE, _outside_code(_ANY_REST_NOTE, "")),
    "reST footnote added": (_REST_NOTE, _add_to_sentence("[9]_")),
    "reST footnote without its line": (_REST_NOTE, _outside_code(_ANY_REST_NOTE, r"[\2]")),
    "reST footnote at a word": (
        _REST_NOTE, _outside_code(rf"(?<=\w) {_ANY_REST_NOTE}", r"[\2]_")),
    "reST substitution changed": (_REST_NAME, _outside_code(_ANY_REST_NAME, r"|\2x|")),
    "reST substitution dropped": (_REST_NAME, _outside_code(_ANY_REST_NAME, "")),
    "reST substitution added": (_REST_NAME, _add_to_sentence("|other|")),
    "reST substitution unclosed": (_REST_NAME, _outside_code(_ANY_REST_NAME, r"|\2")),
    "reST substitution with a space": (_REST_NAME, _outside_code(_ANY_REST_NAME, r"| \2 |")),
    "reST substitution at a word": (
        _REST_NAME, _outside_code(rf"(?<=\w) {_ANY_REST_NAME}", r"|\2|")),
    "reST role apart": (_REST_ROLE, _sub(r"(:[\w:]+:)(?=`[^`])", r"\1 ")),
    "reST role at a word": (_REST_ROLE, _sub(r"(?<=\w) (:[\w:]+:`)", r"\1")),
    "reST role without a colon": (_REST_ROLE, _sub(r"(?<!\S):([\w:]+:`)", r"\1")),
    "reST role added": (_REST_ROLE, _add_to_sentence(":ref:`other`")),
    "reST role dropped": (_REST_ROLE, _sub(r":[\w:]+:`([^`<>]*)`", r"\1")),
}  # fmt: skip
"""Structural faults too, of constructs that the catalogs hold too seldom to be counted."""

OTHERS: Mapping[str, tuple[Damage, tuple[str, ...]]] = {
    "nothing: a false alarm": (lambda message: message.msgstr, ()),
    "number changed": (
        _sub(r"\A([^`/<]*?(?<![\w.:-]))(\d\d+)(?![\w.`-])", r"\g<1>7\2"),
        ("number",),
    ),
    "code changed": (_sub(r"(?<![`}\\])`(?!`)([^`\n]*\w)`(?![`\w])", r"`\1x`"), ("code-span",)),
    "code made text": (_sub(r"(?<![`}\\])`(?!`)([^`\n]*\w)`(?![`\w])", r"\1"), ("code-span",)),
    "literal changed": (_sub(r"(?<!\S)``([^`\n]*\w)``(?![`\w])", r"``\1x``"), ("rest-literal",)),
    "literal made text": (_sub(r"(?<!\S)``([^`\n]*\w)``(?![`\w])", r"\1"), ("rest-literal",)),
    "end mark lost": (
        lambda m: _sub(r"(?<=\w)[.?:]\Z", "")(m) if re.search(r"[.?:]\Z", m.msgid) else None,
        ("ending-punctuation",),
    ),
    "space at the end": (lambda m: m.msgstr + " ", ("edge-space",)),
    "doubled word": (_double, ("doubled-word",)),
    "untranslated copy": (_copy, ("untranslated-copy",)),
    "source left behind": (_half, ("source-remnant", "wrong-language")),
    "far too short": (_short, ("length",)),
    "foreign letter": (_sub(r"(?<=[a-z])a(?=[a-z]+ )", "\u0430"), ("foreign-script",)),
    "another language": (lambda m: _OTHER if len(m.msgid) > 60 else None, ("wrong-language",)),
    "invisible character": (
        _sub(r"(?<=[a-z]{3})(?=[a-z]{2})", "\u200b"),
        ("invisible-character",),
    ),
    "opening mark lost": (_sub("[¿¡](?=[^¿¡]*[?!])", ""), ("opening-mark",)),
}
"""Faults that no parser tells, and the checks that are there to tell each; none of nothing."""


@dataclass(frozen=True)
class Part:
    """A catalog as it was published, and the terms it names as the others translate them."""

    catalog: Catalog
    path: Path
    terms: Terms


@dataclass(frozen=True)
class Sample:
    """Published translations of one language and syntax."""

    syntax: str
    code: str
    parts: tuple[Part, ...]
    source: str = "en"
    severities: Severities = field(default_factory=lambda: DEFAULTS)

    @property
    def name(self) -> str:
        """What it is called in the tables."""
        of = "" if self.source == "en" else f"{self.source} to "
        return f"{self.syntax} {of}{self.code}"

    def findings(self, part: Part, *messages: Message) -> tuple[Finding, ...]:
        """Check a catalog, or messages in its place."""
        source = parse_locale(self.source)
        context = Context(parse_locale(self.code), self.syntax, terms=part.terms, source=source)
        if self.syntax == "rest":
            context = with_rest(context)
        catalog = part.catalog
        if messages:
            catalog = replace(catalog, header=Message(""), messages=messages)
        return run_checks(
            catalog, part.path, self.syntax, context=context, severities=self.severities
        )


def samples(share: int) -> Iterator[Sample]:
    """Read every catalog, and take one message of so many."""
    for (syntax, code), (folder, pattern) in SETS.items():
        texts = {}
        for path in sorted((CORPORA / folder).rglob(pattern)):
            try:
                texts[path] = read_text(path, CatalogError)
            except CatalogError:
                continue
        terminology = Terminology(texts)
        parts = []
        for path, text in texts.items():
            try:
                catalog = parse_po(text, path, path.stem, parse_locale(code)).catalog
            except CatalogError:
                continue
            kept = [
                message
                for message in catalog.messages
                if message.state is State.TRANSLATED and message.msgid_plural is None
            ]
            catalog = replace(catalog, messages=tuple(kept[:: share or 1]))
            parts.append(Part(catalog, path, terminology.of(path)))
        yield Sample(syntax, code, tuple(parts))


OF_LANGUAGE = ("source-remnant", "untranslated-copy", "wrong-language")
"""The checks that a source in a related language could mislead."""


def related(one: Sample, other: Sample) -> Sample:
    """Take the translations of one language as the sources of those of another."""
    said = {message.key: message.msgstr for part in one.parts for message in part.catalog.messages}
    parts = []
    for part in other.parts:
        messages = tuple(
            replace(message, msgid=said[message.key])
            for message in part.catalog.messages
            if message.key in said and message.msgid not in (said[message.key], message.msgstr)
        )
        parts.append(replace(part, catalog=replace(part.catalog, messages=messages)))
    severities = {name: DEFAULTS[name] for name in OF_LANGUAGE}
    source = parse_locale(one.code).language
    return replace(other, parts=tuple(parts), source=source, severities=severities)


def related_languages(size: int, fault: str) -> None:
    """Print both tables of Spanish and Portuguese, each as the source of the other."""
    both = [sample for sample in samples(1) if sample.syntax == "rest"]
    for one, other in (both, both[::-1]):
        sample = related(one, other)
        false_alarms(sample)
        recall(sample, size, {}, fault or "left behind|copy|another language", bool(fault))


def false_alarms(sample: Sample) -> None:
    """Print what is said of translations as they were published, and how much of it is wrong."""
    total = sum(len(part.catalog.messages) for part in sample.parts)
    found = Counter[tuple[str, str]]()
    for part in sample.parts:
        found.update((each.severity.value, each.check) for each in sample.findings(part))
    print(f"\n{sample.name}: {total} messages")
    judged = judgements().get(sample.name, {})
    for severity in Severity:
        count = sum(n for (level, _), n in found.items() if level == severity)
        rate = 1000 * count / max(total, 1)
        verdicts = [right for level, right in judged.values() if level == severity]
        line = f"  {severity.value}s: {rate:.1f} per 1,000 messages"
        if verdicts:
            wrong = verdicts.count(False)
            line += (
                f"; of {len(verdicts)} looked at {wrong} false:"
                f" {rate * wrong / len(verdicts):.1f} false alarms per 1,000"
            )
        print(line)
    for (severity_name, check), count in found.most_common():
        print(f"    {check:28}{severity_name:8}{count:6}{1000 * count / max(total, 1):8.2f}")


def judgements() -> Mapping[str, Mapping[str, tuple[str, bool]]]:
    """Give what a person said of findings: severity and whether it is right, by place and check."""
    found: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["sample"]][f"{row['place']} {row['check']}"] = (
                row["severity"],
                row["verdict"] == "right",
            )
    return found


def to_judge(sample: Sample, size: int) -> None:
    """Print findings to be looked at: the same ones each time, so many of each severity."""
    everything = [(each, part) for part in sample.parts for each in sample.findings(part)]
    for severity in Severity:
        of_it = [(each, part) for each, part in everything if each.severity is severity]
        chosen = random.Random(1).sample(of_it, min(size, len(of_it)))
        for finding, part in chosen:
            place = f"{part.path.relative_to(CORPORA).as_posix()}:{finding.line}"
            print(f"{sample.name},{place},{finding.check},{severity.value},")
            print(f"    {finding.text}\n    {finding.msgid}\n    {finding.msgstr}")


def _damaged_somehow(message: Message) -> str:
    """Give a msgstr with the first fault, of all in an order of its own, that it can have."""
    faults = list(_faults("rest"))
    random.Random(message.msgid).shuffle(faults)
    for fault in faults:
        carrier = fault.construct.put_into(message) if fault.construct else None
        damaged = fault.damage(carrier or message)
        if damaged is not None:
            return damaged
    return message.msgstr


def plain_reading(sample: Sample) -> None:
    """Compare what is read without docutils with what docutils reads, in every text.

    Each translation is read as it is and with a fault, another one from message to message.
    """
    if sample.syntax != "rest":
        return
    texts = {
        text
        for part in sample.parts
        for message in part.catalog.messages
        for text in (message.msgid, message.msgstr, _damaged_somehow(message))
    }
    read = {text: plain for text in texts if (plain := read_plainly(text)) is not None}
    unlike = sum(read_rest(text) != plain for text, plain in read.items())
    print(
        f"\n{sample.name}: {len(read)} of {len(texts)} texts read without docutils,"
        f" {unlike} otherwise than docutils reads them"
    )


def speed() -> None:
    """Print how long a first and a second run take on all catalogs of a large project."""
    folder = CORPORA / SETS["rest", "es"][0]
    program = [sys.executable, "-m", "transpipe", "check", "--fail-on", "never"]
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache, "PYTHONDONTWRITEBYTECODE": ""}
        print(f"\nall catalogs of {folder.relative_to(CORPORA)}")
        for name, more in (
            ("(to warm up)", ["--no-cache"]), ("one process", ["--no-cache", "--jobs", "1"]),
            ("first run", []), ("second run", []),
        ):  # fmt: skip
            wall, before = time.perf_counter(), os.times()
            out = Path(cache) / "out.json"
            command = [*program, *more, "--format", "json", "--output", str(out), str(folder)]
            subprocess.run(command, env=environment, check=True)
            wall, after = time.perf_counter() - wall, os.times()
            cpu = sum(after[2:4]) - sum(before[2:4])
            # The time of processes that share the work is not told to the one that started them.
            told = f", {cpu:5.1f} s of CPU time" if name in ("one process", "second run") else ""
            print(f"  {name:14}{wall:6.1f} s{told}")


@dataclass(frozen=True)
class Row:
    """How many damaged messages of a class each program tells."""

    name: str
    is_structural: bool
    check: str
    """The check that tells most of them; empty where nothing should be told."""
    of: int
    put_in: int
    told: Mapping[str, int]

    def share(self, program: str) -> float:
        """Give the share that a program tells, in percent."""
        return 100 * self.told[program] / self.of


def recall(
    sample: Sample, size: int, tools: Mapping[str, str], fault: str, show_missed: bool
) -> list[Row]:
    """Damage messages that transpipe says nothing of, and print the share that is told."""
    chance = random.Random(1)
    pool = [(message, part) for part in sample.parts for message in part.catalog.messages]
    chance.shuffle(pool)
    rows = []
    print(f"\n{sample.name}: damaged messages that are told")
    print("  {:34}{:>6}{:>8}{:>11}".format("fault", "of", "put in", "transpipe")
          + "".join(f"{name:>13}" for name in tools))  # fmt: skip
    for each in _faults(sample.syntax):
        if not re.search(fault, each.name):
            continue
        damaged = list(_damaged(pool, each.damage, sample, size))
        real = len(damaged)
        if each.construct:
            carriers = _put_in(pool, each.damage, each.construct)
            damaged += _damaged(carriers, each.damage, sample, size - real)
        if not damaged:
            continue
        found = [
            [found for found in sample.findings(part, message) if each.is_told(found)]
            for message, part in damaged
        ]
        told_by = Counter(finding.check for findings in found for finding in findings)
        messages = [message for message, _ in damaged]
        told = {"transpipe": sum(map(bool, found))} | {
            tool: _by_tool(tool, path, messages, sample) for tool, path in tools.items()
        }
        check = told_by.most_common(1)[0][0] if told_by else ""
        row = Row(each.name, each.checks is None, check, len(damaged), len(damaged) - real, told)
        rows.append(row)
        line = f"  {row.name:34}{row.of:>6}{row.put_in or '':>8}{row.share('transpipe'):>10.1f}%"
        print(line + "".join(f"{row.share(tool):>12.1f}%" for tool in tools), flush=True)
        if show_missed:
            for message, caught in zip(messages, found, strict=True):
                if not caught:
                    print(f"    missed: {message.msgid!r}\n            {message.msgstr!r}")
    return rows


def table_by_check(rows: Sequence[Row]) -> str:
    """Put the classes together by the check that tells them, in percent, for the documentation."""
    programs = tuple(rows[0].told) if rows else ()
    groups: dict[tuple[bool, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[not row.is_structural, row.check].append(row)
    lines: list[tuple[str, ...]] = [("check", "faults", "messages", *programs)]
    for (_, check), group in sorted(groups.items()):
        of = sum(row.of for row in group)
        shares = (sum(row.told[program] for row in group) / of for program in programs)
        names = len({row.name for row in group})
        lines.append((check or "–", str(names), str(of), *map(_percent, shares)))
    first, *others = (max(map(len, column)) for column in zip(*lines, strict=True))
    return "\n".join(
        "  ".join(
            (name.ljust(first), *(each.rjust(n) for each, n in zip(cells, others, strict=True)))
        )
        for name, *cells in lines
    )


def _percent(share: float) -> str:
    """Round down what is not all: 99.9 is not 100."""
    return str(int(100 * share))


@dataclass(frozen=True)
class Fault:
    """A class of fault."""

    name: str
    damage: Damage
    construct: Construct | None = None
    """What is put into messages that have nothing to damage."""
    checks: tuple[str, ...] | None = None
    """The checks that have to tell it; None where any error will do."""

    def is_told(self, finding: Finding) -> bool:
        """Whether a finding tells the fault. Anything said of an undamaged message does."""
        if self.checks is None:
            return finding.severity is Severity.ERROR
        return not self.checks or finding.check in self.checks


def _faults(syntax: str) -> Iterator[Fault]:
    for name, damage in STRUCTURAL.items():
        yield Fault(name, damage)
    for name, (construct, damage) in CARRIED.items():
        if construct.syntax == syntax:
            yield Fault(name, damage, construct)
    read = {check.name for check in CHECKS if check.applies_to(syntax)}
    for name, (damage, checks) in OTHERS.items():
        if read.issuperset(checks):
            yield Fault(name, damage, checks=checks)


def _put_in(
    pool: Iterable[tuple[Message, Part]], damage: Damage, construct: Construct
) -> Iterator[tuple[Message, Part]]:
    """Give the messages that have nothing to damage, with the construct put into them."""
    for message, part in pool:
        carrier = construct.put_into(message) if damage(message) is None else None
        if carrier:
            yield carrier, part


def _damaged(
    pool: Iterable[tuple[Message, Part]], damage: Damage, sample: Sample, size: int
) -> Iterator[tuple[Message, Part]]:
    count = 0
    for message, part in pool:
        if count >= size:
            return
        text = damage(message)
        if text is None:
            continue
        if sample.findings(part, message):
            continue
        yield replace(message, msgstr=text), part
        count += 1


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


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only",
        choices=("alarms", "recall", "related", "plain", "speed", "judge"),
        help="one table alone",
    )
    parser.add_argument("--share", type=int, default=20, help="take one message of so many")
    parser.add_argument("--size", type=int, default=100, help="damaged messages of each class")
    parser.add_argument(
        "--fault", default="", help="only classes whose name matches, and what is missed of them"
    )
    parser.add_argument(
        "--by-check", action="store_true", help="print recall by check too, as a table"
    )
    parser.add_argument("--pofilter", help="the program of the Translate Toolkit")
    parser.add_argument("--sphinx-lint", help="the program")
    return parser.parse_args()


def _tools(options: argparse.Namespace, syntax: str) -> Mapping[str, str]:
    """Give the other programs that know a syntax: sphinx-lint does not read Markdown."""
    of_rest = options.sphinx_lint if syntax == "rest" else None
    tools = {"pofilter": options.pofilter, "sphinx-lint": of_rest}
    return {name: path for name, path in tools.items() if path}


def _of_samples(options: argparse.Namespace, wanted: set[str]) -> None:
    rows: dict[str, list[Row]] = defaultdict(list)
    for sample in samples(options.share):
        if "alarms" in wanted:
            false_alarms(sample)
        if "plain" in wanted:
            plain_reading(sample)
        if "judge" in wanted:
            to_judge(sample, options.size)
        if "recall" in wanted:
            tools, show_missed = _tools(options, sample.syntax), bool(options.fault)
            found = recall(sample, options.size, tools, options.fault, show_missed)
            rows[sample.syntax] += found
    if options.by_check:
        for syntax, found in rows.items():
            print(f"\n{syntax}\n\n{table_by_check(found)}")


def main() -> None:
    """Print what was asked for."""
    options = _options()
    if not CORPORA.is_dir():
        raise SystemExit(f"no corpora at {CORPORA}: set TRANSPIPE_CORPORA")
    wanted = {options.only} if options.only else {"alarms", "recall", "related", "plain", "speed"}
    if wanted - {"related", "speed"}:
        _of_samples(options, wanted)
    if "related" in wanted:
        related_languages(options.size, options.fault)
    if "speed" in wanted:
        speed()


if __name__ == "__main__":
    main()
